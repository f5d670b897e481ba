/** One curve in a frame of its own. */
interface Panel {
  readonly title: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

const width = 260;
const height = 200;
const margin = { left: 52, right: 16, top: 30, bottom: 30 };

/** The panels side by side, both axes logarithmic, with one scale of CPU time for all. */
export function toSvg(panels: readonly Panel[]): string {
  const all = panels.flatMap(({ points }) => points.map(({ y }) => y));
  const bottom = Math.floor(Math.log10(Math.min(...all)));
  const top = Math.ceil(Math.log10(Math.max(...all)));
  const drawn = panels.map((panel, place) => drawPanel(panel, { left: place * width, bottom, top }));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${panels.length * width} ${height}" font-family="sans-serif" font-size="10">`,
    '<title>CPU time of the gateway for one operation in µs</title>',
    `<rect width="100%" height="100%" fill="#fff"/>`,
    ...drawn,
    '</svg>\n',
  ].join('\n');
}

interface Frame {
  readonly left: number;
  /** The powers of ten that the axis of CPU time begins and ends with. */
  readonly bottom: number;
  readonly top: number;
}

function drawPanel({ title, points }: Panel, { left, bottom, top }: Frame): string {
  const widest = Math.max(1, ...points.map(({ x }) => Math.log10(x)));
  const innerWidth = width - margin.left - margin.right;
  const innerHeight = height - margin.top - margin.bottom;
  const toX = (x: number): number => round(margin.left + (Math.log10(x) / widest) * innerWidth);
  const toY = (power: number): number =>
    round(height - margin.bottom - ((power - bottom) / (top - bottom || 1)) * innerHeight);
  const places = points.map(({ x, y }) => ({ x, y, place: [toX(x), toY(Math.log10(y))] as const }));
  const lines = Array.from({ length: top - bottom + 1 }, (_, step) => bottom + step).map((power) =>
    drawLine(toY(power), `${10 ** power} µs`),
  );
  const dots = places.map(({ x, y, place: [dotX, dotY] }) =>
    [
      `<circle cx="${dotX}" cy="${dotY}" r="3" fill="#1b6ac9"/>`,
      `<text x="${dotX}" y="${dotY - 6}" text-anchor="middle">${Math.round(y)}</text>`,
      `<text x="${dotX}" y="${height - 12}" text-anchor="middle">${x}</text>`,
    ].join('\n'),
  );
  return [
    `<g transform="translate(${left} 0)">`,
    `<text x="${margin.left}" y="14" font-weight="bold">${title}</text>`,
    ...lines,
    `<polyline points="${places.map(({ place }) => place.join(',')).join(' ')}" fill="none" stroke="#1b6ac9"/>`,
    ...dots,
    '</g>',
  ].join('\n');
}

function drawLine(y: number, label: string): string {
  return [
    `<line x1="${margin.left}" x2="${width - margin.right}" y1="${y}" y2="${y}" stroke="#ddd"/>`,
    `<text x="${margin.left - 4}" y="${y + 3}" text-anchor="end" fill="#666">${label}</text>`,
  ].join('\n');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

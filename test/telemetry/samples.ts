import { request } from 'undici';

/** One value of a metric, with its labels. */
interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What a gateway's `/metrics` says, read as Prometheus reads it. */
export async function scrape(url: string): Promise<readonly Sample[]> {
  const { body } = await request(`${url}/metrics`);
  return [...(await body.text()).matchAll(/^([a-z_]+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name, labels, value]) => ({
    name: name ?? '',
    labels: Object.fromEntries([...(labels ?? '').matchAll(/(\w+)="(.*?)"/g)].map(([, label, text]) => [label, text])),
    value: Number(value),
  }));
}

/** The samples of one metric, `pipeline_gateway_` left out of its name. */
export async function scrapeOne(url: string, name: string): Promise<readonly Omit<Sample, 'name'>[]> {
  const samples = await scrape(url);
  return samples
    .filter((sample) => sample.name === `pipeline_gateway_${name}`)
    .map(({ labels, value }) => ({ labels, value }));
}

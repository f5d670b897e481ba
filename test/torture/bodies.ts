/** `{"results":[item,item,…]}` of about so many bytes. */
export function toResults(item: string, bytes: number): string {
  return `{"results":[${`${item},`.repeat(Math.floor(bytes / (item.length + 1)))}${item}]}`;
}

/** A history of so many entries, all of which differ. */
export function toHistory(entries: number): string {
  const items = Array.from({ length: entries }, (_, index) =>
    JSON.stringify({
      identifier: 'p0',
      action: 'UPDATE',
      timestamp: 1_700_000_000_000 + index,
      rawObject: { label: `v${index}` },
    }),
  );
  return `{"results":[${items.join()}]}`;
}

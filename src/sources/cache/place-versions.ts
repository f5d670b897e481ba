/** Numbers for what is kept of each place, none of which comes twice. A place is known for as long as something of it is kept. */
export interface PlaceVersions {
  /** 0 while nothing is kept. */
  of(placeKey: string): number;
  /** Something else is kept of the place; gives the new version. */
  change(placeKey: string, isNewEntry: boolean): number;
  /** One of the place's entries is gone. */
  leave(placeKey: string): void;
}

/** Knows no place yet. */
export function createPlaceVersions(): PlaceVersions {
  const places = new Map<string, { readonly version: number; entries: number }>();
  let last = 0;
  return {
    of: (placeKey) => places.get(placeKey)?.version ?? 0,
    change(placeKey, isNewEntry) {
      last += 1;
      const entries = (places.get(placeKey)?.entries ?? 0) + Number(isNewEntry);
      places.set(placeKey, { version: last, entries });
      return last;
    },
    leave(placeKey) {
      const place = places.get(placeKey);
      if (place === undefined) return;
      place.entries -= 1;
      if (place.entries <= 0) places.delete(placeKey);
    },
  };
}

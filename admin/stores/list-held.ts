/** What has changed behind a list that stands still: how many conversations would stand elsewhere if it moved now. */
import { compareConversations, isListed, type Listed } from './list-order.ts';

const places = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

/** Where each id stands; made once for a list that stands still. */
export const placesOf = (shown: readonly string[]): ReadonlyMap<string, number> => {
  const known = places.get(shown);
  if (known !== undefined) return known;
  const made = new Map(shown.map((id, place) => [id, place]));
  places.set(shown, made);
  return made;
};

/** The place is taken out of order: by who stands right above, or by those around who did not change. */
const stands = (listed: Listed, shown: readonly string[], above: number, below: number): boolean => {
  const upper = listed.byId.get(shown[above] ?? '');
  const lower = listed.byId.get(shown[below] ?? '');
  return upper === undefined || lower === undefined || compareConversations(upper, lower) < 0;
};

/** Ends of the run of changed places that each of them is in: the places around it that did not change. */
const around = (changed: readonly number[]): ReadonlyMap<number, readonly [above: number, below: number]> => {
  const ends = new Map<number, readonly [number, number]>();
  let first = 0;
  for (let index = 1; index <= changed.length; index += 1) {
    const last = changed[index - 1] ?? 0;
    if (changed[index] === last + 1) continue;
    for (let at = first; at < index; at += 1)
      ends.set(changed[at] ?? 0, [(changed[first] ?? 0) - 1, last + 1]);
    first = index;
  }
  return ends;
};

/**
 * How many conversations would appear, go or stand elsewhere if the list moved now. Those that only slid because of
 * others are not counted: one newcomer on top is one change, not a change of everything below.
 *
 * @param touched ids that changed since the list was last put in order; the others are in order
 * @param now ms since the epoch
 */
export const heldBack = (
  listed: Listed,
  shown: readonly string[],
  touched: ReadonlySet<string>,
  now: number,
): number => {
  const here = placesOf(shown);
  const stayed: number[] = [];
  let count = 0;
  for (const id of touched) {
    const item = listed.byId.get(id);
    const place = here.get(id);
    const wanted = item !== undefined && isListed(listed, item, now);
    if (place !== undefined && wanted) stayed.push(place);
    else if (place !== undefined || wanted) count += 1;
  }
  stayed.sort((left, right) => left - right);
  for (const [place, [above, below]] of around(stayed)) {
    const inPlace =
      stands(listed, shown, place - 1, place) &&
      stands(listed, shown, above, place) &&
      stands(listed, shown, place, below);
    if (!inPlace) count += 1;
  }
  return count;
};

/** Which conversations the list shows and in what order: pure, so that the order can be tested without a page. */
import { isStuck } from '../../machines/conversation/stuck.ts';
import type { Summary } from '../api/types.ts';
import type { KeptItems } from '../lib/kept-items.ts';

export const TABS = ['all', 'needs', 'bot', 'customer', 'stuck'] as const;
export type Tab = (typeof TABS)[number];

/** Of the statechart's region `order` (machines/conversation), in the order of a sale. */
export const STAGES = [
  'exploring',
  'selecting',
  'detailing',
  'quoting',
  'quoted',
  'negotiating',
  'accepted',
  'paid',
  'delivered',
  'lost',
] as const;
export type Stage = (typeof STAGES)[number];

export interface Filter {
  readonly tab: Tab;
  /** Trimmed, lower case. */
  readonly q: string;
  readonly language: 'any' | Summary['language'];
  readonly stage: 'any' | Stage;
}

export const NO_FILTER: Filter = { tab: 'all', q: '', language: 'any', stage: 'any' };

/** The state that all conversations of a stage are in, or in a part of. */
export const stateOf = (stage: Stage): string => `order.${stage}`;

/** Moments of the server are RFC 3339 in UTC with milliseconds: as texts they sort as the times that they name. */
const inTime = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** Who waits longest for us first, then newest activity: the order of `GET /conversations`. */
export const compareConversations = (left: Summary, right: Summary): number => {
  if (left.waitingSince !== null && right.waitingSince !== null) {
    const earlier = inTime(left.waitingSince, right.waitingSince);
    if (earlier !== 0) return earlier;
  } else if (left.waitingSince !== null) return -1;
  else if (right.waitingSince !== null) return 1;
  const newer = inTime(right.updatedAt, left.updatedAt);
  return newer === 0 ? inTime(left.id, right.id) : newer;
};

/**
 * Does the conversation belong under this tab? A person is needed where a person was asked for or has taken it.
 *
 * @param now ms since the epoch: who waits too long for the assistant is stuck
 */
export const belongsTo = (tab: Tab, item: Summary, now: number): boolean => {
  if (tab === 'needs') return item.owner === 'waiting' || item.owner === 'manager';
  if (tab === 'bot') return item.owner === 'bot' && item.waitingSince !== null;
  if (tab === 'customer') return item.owner !== 'nobody' && item.waitingSince === null;
  return tab === 'stuck' ? isStuck(item, now) : true;
};

const isAt = (stage: Filter['stage'], item: Summary): boolean =>
  stage === 'any' ||
  item.states.some((state) => state === stateOf(stage) || state.startsWith(`${stateOf(stage)}.`));

const digits = (text: string): string => text.replace(/\D/g, '');

/** The same fields the server searches: name, phone, last text. */
export const matchesQuery = (q: string, item: Summary): boolean => {
  if (q === '') return true;
  const number = digits(q);
  if (number.length >= 3 && digits(item.phone ?? item.chatId).includes(number)) return true;
  return [item.name, item.phone, item.lastMessage?.text].some(
    (text) => text?.toLowerCase().includes(q) === true,
  );
};

/** What a list is made from. */
export interface Listed {
  readonly byId: KeptItems<Summary>;
  readonly filter: Filter;
  /** Ids the server found for the query; it may know more than the row shows. */
  readonly hits: ReadonlySet<string>;
}

/** @param now ms since the epoch */
export const isListed = ({ filter, hits }: Listed, item: Summary, now: number): boolean =>
  belongsTo(filter.tab, item, now) &&
  (filter.language === 'any' || item.language === filter.language) &&
  isAt(filter.stage, item) &&
  (matchesQuery(filter.q, item) || hits.has(item.id));

/** Ids to show, in order. `now`: ms since the epoch. */
export const orderedIds = (listed: Listed, now: number): readonly string[] =>
  [...listed.byId.values()]
    .filter((item) => isListed(listed, item, now))
    .sort(compareConversations)
    .map(({ id }) => id);

/** Where in `ids`, which are in order from `from` on, the item belongs. */
const placeFor = ({ byId }: Listed, ids: readonly string[], item: Summary, from: number): number => {
  let low = from;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = byId.get(ids[middle] ?? '');
    if (there !== undefined && compareConversations(there, item) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * The same as {@link orderedIds}, from a list that was in order before some changed: a live list of a hundred thousand
 * is not sorted anew for each of them.
 *
 * @param shown in order but for the `changed`
 * @param changed ids that are new, changed or gone
 */
export const reorderedIds = (
  listed: Listed,
  shown: readonly string[],
  changed: ReadonlySet<string>,
  now: number,
): readonly string[] => {
  const kept = shown.filter((id) => !changed.has(id));
  const placed = [...changed]
    .map((id) => listed.byId.get(id))
    .filter((item) => item !== undefined)
    .filter((item) => isListed(listed, item, now))
    .sort(compareConversations);
  const ids: string[] = [];
  let from = 0;
  for (const item of placed) {
    const at = placeFor(listed, kept, item, from);
    for (; from < at; from += 1) ids.push(kept[from] ?? '');
    ids.push(item.id);
  }
  for (; from < kept.length; from += 1) ids.push(kept[from] ?? '');
  return ids;
};

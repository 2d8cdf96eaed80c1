/**
 * The difference between two JSON values as a list of changes, and the way back. Folding an actor's changes from its
 * first journal row gives its state after any row (design 7, replay by slider).
 *
 * Paths are JSON pointers; in arrays `add` inserts and `remove` takes out, as in RFC 6902. What JSON drops
 * (`undefined`, functions) is absent here too, because the snapshot goes through JSON as well.
 */
import type { Change } from './types.ts';

export interface DiffLimits {
  /** More changes than this become one replacement of the whole. */
  readonly changesPerStep: number;
  /** A longer `old` value is left out: it can be had by folding the rows before. */
  readonly oldValueChars: number;
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One level of what JSON.stringify would make of the value. */
const plain = (value: unknown): unknown => {
  if (
    typeof value === 'object' &&
    value !== null &&
    'toJSON' in value &&
    typeof value.toJSON === 'function'
  ) {
    return value.toJSON();
  }
  if (typeof value === 'number') return Number.isFinite(value) ? (value === 0 ? 0 : value) : null;
  return typeof value === 'function' || typeof value === 'symbol' ? undefined : value;
};

const sameJson = (a: unknown, b: unknown): boolean => {
  const left = plain(a);
  const right = plain(b);
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, i) => sameJson(item ?? null, right[i] ?? null));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  for (const key of keys) if (!sameJson(own(left, key), own(right, key))) return false;
  return true;
};

/** Further than this a list is not a sliding window; looking would cost more than it saves. */
const MAX_SLIDE = 32;

const sameItem = (a: unknown, b: unknown): boolean => a === b || sameJson(a ?? null, b ?? null);

/**
 * How many items left the front of `before[start, left)` when its rest is the beginning of `after[start, right)`: the
 * usual change of a list that keeps the last few. 0: it did not slide.
 */
const slideOf = (
  before: readonly unknown[],
  after: readonly unknown[],
  start: number,
  left: number,
  right: number,
): number => {
  for (let by = 1; by <= MAX_SLIDE && start + by < left; by++) {
    if (left - by > right) continue;
    let i = start;
    while (i + by < left && sameItem(before[i + by], after[i])) i++;
    if (i + by === left) return by;
  }
  return 0;
};

const own = (object: Json, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined);

const escapeKey = (key: string): string =>
  key.includes('~') || key.includes('/') ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
const unescapeKey = (key: string): string => key.replaceAll('~1', '/').replaceAll('~0', '~');

class Collector {
  readonly changes: Change[] = [];
  private readonly limits: DiffLimits;

  constructor(limits: DiffLimits) {
    this.limits = limits;
  }

  get full(): boolean {
    return this.changes.length > this.limits.changesPerStep;
  }

  compare(path: string, before: unknown, after: unknown): void {
    if (this.full) return;
    const left = plain(before);
    const right = plain(after);
    if (left === right) return;
    if (Array.isArray(left) && Array.isArray(right)) this.arrays(path, left, right);
    else if (isObject(left) && isObject(right)) this.objects(path, left, right);
    else this.changes.push({ op: 'replace', path, value: right ?? null, ...this.old(left) });
  }

  private objects(path: string, before: Json, after: Json): void {
    for (const key in before) if (Object.hasOwn(before, key)) this.property(path, key, before, after);
    for (const key in after) {
      if (Object.hasOwn(after, key) && !Object.hasOwn(before, key)) this.property(path, key, before, after);
    }
  }

  /** Most of a state is shared with the one before: that is seen before a path is built. */
  private property(path: string, key: string, before: Json, after: Json): void {
    const given = own(before, key);
    const taken = own(after, key);
    if (given === taken) return;
    const left = plain(given);
    const right = plain(taken);
    if (left === undefined && right === undefined) return;
    const at = `${path}/${escapeKey(key)}`;
    if (left === undefined) this.changes.push({ op: 'add', path: at, value: right });
    else if (right === undefined) this.changes.push({ op: 'remove', path: at, ...this.old(left) });
    else this.compare(at, left, right);
  }

  /**
   * What the ends have in common is skipped; a window that slid on loses its front and gains at its end; otherwise the
   * middle is compared by index, and what is left over removed or added.
   */
  private arrays(path: string, before: readonly unknown[], after: readonly unknown[]): void {
    const shorter = Math.min(before.length, after.length);
    let start = 0;
    while (start < shorter && sameItem(before[start], after[start])) start++;
    let end = 0;
    while (end < shorter - start && sameItem(before[before.length - 1 - end], after[after.length - 1 - end]))
      end++;
    const [left, right] = [before.length - end, after.length - end];
    const slid = slideOf(before, after, start, left, right);
    // `kept` is where the part ends that needs no removal and no addition.
    const kept = slid === 0 ? Math.min(left, right) : left - slid;
    if (slid === 0) {
      for (let i = start; i < kept; i++) this.compare(`${path}/${i}`, before[i] ?? null, after[i] ?? null);
    }
    const [first, last] = slid === 0 ? [kept, left] : [start, start + slid];
    for (let i = last - 1; i >= first && !this.full; i--) {
      this.changes.push({ op: 'remove', path: `${path}/${i}`, ...this.old(before[i] ?? null) });
    }
    for (let i = kept; i < right && !this.full; i++) {
      this.changes.push({ op: 'add', path: `${path}/${i}`, value: plain(after[i]) ?? null });
    }
  }

  private old(value: unknown): { old?: unknown } {
    if (typeof value === 'string') return value.length <= this.limits.oldValueChars ? { old: value } : {};
    const text = JSON.stringify(value);
    return text !== undefined && text.length <= this.limits.oldValueChars ? { old: value } : {};
  }
}

/** The changes that turn `before` into `after`. `before: undefined` is "nothing yet": one `add` of everything. */
export const diffJson = (before: unknown, after: unknown, limits: DiffLimits): readonly Change[] => {
  if (before === undefined) return [{ op: 'add', path: '', value: plain(after) ?? null }];
  const collector = new Collector(limits);
  collector.compare('', before, after);
  return collector.full ? [{ op: 'replace', path: '', value: plain(after) ?? null }] : collector.changes;
};

/** Applies changes to a JSON value, which is not touched. Throws a RangeError when they do not belong to it. */
export const applyChanges = (state: unknown, changes: readonly Change[]): unknown => {
  let root = changes.length === 0 ? state : structuredClone(state);
  for (const change of changes) {
    if (change.path === '') {
      root = structuredClone(change.value);
      continue;
    }
    const keys = change.path.slice(1).split('/').map(unescapeKey);
    const last = keys.pop();
    let parent: unknown = root;
    for (const key of keys) parent = step(parent, key, change.path);
    applyOne(parent, last ?? '', change);
  }
  return root;
};

const step = (node: unknown, key: string, path: string): unknown => {
  if (Array.isArray(node)) return node[Number(key)];
  if (isObject(node) && Object.hasOwn(node, key)) return node[key];
  throw new RangeError(`There is nothing at ${path}: the changes do not follow from this state.`);
};

const applyOne = (parent: unknown, key: string, change: Change): void => {
  const value = change.op === 'remove' ? undefined : structuredClone(change.value);
  if (Array.isArray(parent)) {
    const index = Number(key);
    if (change.op === 'add') parent.splice(index, 0, value);
    else if (change.op === 'remove') parent.splice(index, 1);
    else parent[index] = value;
    return;
  }
  if (!isObject(parent)) {
    throw new RangeError(`There is nothing at ${change.path}: the changes do not follow from this state.`);
  }
  if (change.op === 'remove') delete parent[key];
  // Not an assignment: a key named __proto__ must stay data.
  else Object.defineProperty(parent, key, { value, writable: true, enumerable: true, configurable: true });
};

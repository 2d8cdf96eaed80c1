/** What a told conversation remembered after a row: its changes folded, as the engine folds the journal's. */
import type { MockConversation } from './world.ts';

type Tree = Record<string, unknown>;

/** A path that goes on with a number goes into a list. */
const nested = (next: string | undefined): Tree =>
  next !== undefined && /^\d+$/.test(next) ? ([] as unknown as Tree) : {};

const put = (tree: Tree, keys: readonly string[], value: unknown): void => {
  const [key, ...rest] = keys;
  if (key === undefined) return;
  if (rest.length === 0) {
    tree[key] = value;
    return;
  }
  const child = tree[key];
  const next: Tree = typeof child === 'object' && child !== null ? (child as Tree) : nested(rest[0]);
  tree[key] = next;
  put(next, rest, value);
};

export const contextAt = ({ rows }: MockConversation, seq: number): Tree => {
  const context: Tree = {};
  for (const row of rows.filter((one) => one.seq <= seq)) {
    for (const { path, op, value } of row.contextDiff) {
      put(context, path.split('/').slice(2), op === 'remove' ? null : value);
    }
  }
  return context;
};

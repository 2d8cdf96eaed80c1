/**
 * Text that Postgres cannot keep: NUL, and half of a surrogate pair in `jsonb`. Asked for once at the API's edge, so that
 * no handler turns a stranger's character into a fault of ours.
 */
import type { Issue } from './errors.ts';
import { pathOf } from './errors.ts';

const MESSAGE = 'holds a NUL or half a character, which cannot be stored; leave it out';

const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\u0000');

/** The first place of a JSON value (of bounded depth) whose text or key cannot be stored; null: there is none. */
export const unstorable = (value: unknown, path: readonly PropertyKey[] = []): Issue | null => {
  if (typeof value === 'string')
    return isStorable(value) ? null : { path: pathOf(path) || 'body', message: MESSAGE };
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, item] of Object.entries(value)) {
    if (!isStorable(key)) return { path: pathOf(path) || 'body', message: MESSAGE };
    const issue = unstorable(item, [...path, Array.isArray(value) ? Number(key) : key]);
    if (issue) return issue;
  }
  return null;
};

/** The same of a path with its query: percent-encoding has no half characters, so NUL is all there is to find. */
export const unstorableUrl = (url: string): Issue | null =>
  url.includes('%00') ? { path: 'url', message: MESSAGE } : null;

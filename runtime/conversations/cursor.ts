/** Opaque cursors: a pair of sort keys in base64url. */
import { BadCursor } from './views-api.ts';

export const encodeCursor = (keys: readonly [number, string]): string =>
  Buffer.from(JSON.stringify(keys), 'utf8').toString('base64url');

/** Throws {@link BadCursor} for anything that {@link encodeCursor} did not make. */
export const decodeCursor = (cursor: string): readonly [number, string] => {
  let keys: unknown;
  try {
    keys = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new BadCursor('The cursor is not one of ours; start again without it.');
  }
  if (
    !Array.isArray(keys) ||
    keys.length !== 2 ||
    !Number.isSafeInteger(keys[0]) ||
    typeof keys[1] !== 'string'
  ) {
    throw new BadCursor('The cursor is not one of ours; start again without it.');
  }
  return [Number(keys[0]), keys[1]];
};

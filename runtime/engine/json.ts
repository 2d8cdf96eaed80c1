/** JSON as PostgreSQL accepts it. */

/** An escaped backslash, or an escape of NUL or of half a surrogate pair (JSON.stringify writes whole pairs raw). */
const ESCAPES = /\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g;

/**
 * `JSON.stringify` with what jsonb refuses replaced by U+FFFD: NUL, and half a surrogate pair as it remains when a text
 * is cut in the middle of an emoji. `undefined` becomes `null`.
 */
export const encodeJson = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'null';
  if (!text.includes('\\u')) return text;
  return text.replace(ESCAPES, (found) => (found === '\\\\' ? found : '\\ufffd'));
};

/** What a value is after a round trip through the database. */
export const viaJson = (value: unknown): unknown => JSON.parse(encodeJson(value));

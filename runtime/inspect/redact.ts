/**
 * What leaves for an inspector: shapes, numbers and the machine's own words. Texts of people, their numbers and names
 * stay here: a string is told by its length alone unless its key is one of the machine's.
 */

/** Under these keys stand words of the code, not of people. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  ...[
    'type',
    'status',
    'kind',
    'source',
    'language',
    'stage',
    'owner',
    'outcome',
    'currency',
    'role',
    'cause',
  ],
  ...['finishReason', 'segment', 'state', 'mode', 'src', 'trigger'],
]);
const WORD = /^[a-zA-Z][\w.-]{0,60}$/;
/** Deeper and longer is cut, so that a frame has a size (G10). */
const MAX_DEPTH = 10;
const MAX_ITEMS = 50;
/** Numbers of so many digits that are no moments may be somebody's telephone. */
const PHONE_FROM = 1e9;
const MOMENTS = { from: 1.4e12, to: 4e12 };

const masked = (text: string): string => `‹${text.length} characters›`;

const isPersonal = (key: string): boolean => /\d{7,}|[@:+]/.test(key);

export const redact = (value: unknown, key = '', depth = 0): unknown => {
  if (typeof value === 'string') return OWN_WORDS.has(key) && WORD.test(value) ? value : masked(value);
  if (typeof value === 'number') {
    const moment = value >= MOMENTS.from && value <= MOMENTS.to;
    return Math.abs(value) >= PHONE_FROM && !moment ? 0 : value;
  }
  if (typeof value !== 'object' || value === null) return typeof value === 'boolean' ? value : null;
  if (depth >= MAX_DEPTH) return '‹deeper›';
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => redact(item, key, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MAX_ITEMS)
      .map(([name, item], index) => [
        isPersonal(name) ? `‹key ${index + 1}›` : name,
        redact(item, name, depth + 1),
      ]),
  );
};

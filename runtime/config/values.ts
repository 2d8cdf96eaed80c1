/**
 * How the text of one variable is read. A reader returns the value or throws {@link BadValue}, whose message
 * completes "NAME …" and tells what to write instead.
 */

export class BadValue extends Error {}

export type Read<A> = (text: string) => A;

const bad = (message: string): never => {
  throw new BadValue(message);
};

export const asText: Read<string> = (text) => text;

/** A whole number between `min` and `max`. */
export const asInteger =
  (min: number, max: number): Read<number> =>
  (text) => {
    const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max
      ? value
      : bad(`must be a whole number from ${min} to ${max}, e.g. ${Math.max(min, 1)}`);
  };

const WORDS: Readonly<Record<string, boolean>> = {
  true: true,
  on: true,
  yes: true,
  '1': true,
  false: false,
  off: false,
  no: false,
  '0': false,
};

export const asSwitch: Read<boolean> = (text) => WORDS[text.toLowerCase()] ?? bad('must be on or off');

export const asOneOf =
  <const A extends string>(...choices: readonly A[]): Read<A> =>
  (text) =>
    choices.find((choice) => choice === text.toLowerCase()) ?? bad(`must be one of ${choices.join(', ')}`);

/** Comma-separated, blanks trimmed, empty items dropped, duplicates refused. */
export const asList =
  <A>(item: Read<A>, max: number): Read<readonly A[]> =>
  (text) => {
    const words = text
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '');
    if (words.length === 0) bad('must name at least one item, comma-separated');
    if (words.length > max) bad(`may name at most ${max} items`);
    if (new Set(words).size < words.length) bad('names an item twice');
    return words.map(item);
  };

/** An http(s) address without a trailing slash: paths are appended to it as strings (contract 2). */
export const asUrl: Read<string> = (text) => {
  const url = URL.canParse(text) ? new URL(text) : bad('must be an address such as https://host/path');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') bad('must begin with http:// or https://');
  if (url.search !== '' || url.hash !== '') bad('must have no ? or # part');
  return text.replace(/(?<!\/)\/+$/, '');
};

/** A connection address of one of the given schemes, e.g. `postgres`. */
export const asConnection =
  (...schemes: readonly string[]): Read<string> =>
  (text) => {
    const scheme = URL.canParse(text) ? new URL(text).protocol.slice(0, -1) : '';
    return schemes.includes(scheme)
      ? text
      : bad(`must be an address such as ${schemes[0]}://user:password@host/name`);
  };

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };
const SHORT = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/;
const ISO = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
/** A year: longer waits are typing errors. */
const DURATION_MAX_MS = 366 * 864e5;

/** `23h`, `500ms`, `1.5h`, `PT23H`, `P1DT12H` or `0`, in ms. Months and years have no fixed length and are refused. */
export const asDuration: Read<number> = (text) => {
  const short = SHORT.exec(text.toLowerCase());
  const iso = ISO.exec(text.toUpperCase());
  let ms = Number.NaN;
  if (text === '0') ms = 0;
  else if (short !== null) ms = Number(short[1]) * (UNIT_MS[short[2] ?? ''] ?? Number.NaN);
  else if (iso !== null) {
    const [, weeks = '0', days = '0', hours = '0', minutes = '0', seconds = '0'] = iso;
    ms =
      Number(weeks) * 6048e5 +
      Number(days) * 864e5 +
      Number(hours) * 36e5 +
      Number(minutes) * 6e4 +
      Number(seconds) * 1e3;
  }
  if (Number.isNaN(ms)) bad('must be a duration such as 500ms, 90s, 23h, 3d or PT23H');
  if (ms > DURATION_MAX_MS) bad('must be at most a year');
  return Math.round(ms);
};

export const asTimeZone: Read<string> = (text) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return bad('must be a time zone such as Asia/Dubai');
  }
};

const CRON_FIELDS = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day of month', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12 },
  { name: 'day of week', min: 0, max: 7 },
] as const;

const cronPart = (part: string, min: number, max: number): boolean => {
  const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
  if (match === null) return false;
  const [, from, to, step] = match;
  const numbers = [from, to].filter((n) => n !== undefined).map(Number);
  const ordered = from === undefined || to === undefined || Number(from) <= Number(to);
  return ordered && numbers.every((n) => n >= min && n <= max) && (step === undefined || Number(step) > 0);
};

/** Five fields of numbers, ranges, lists and steps; names of days and months are not taken. */
export const asCron: Read<string> = (text) => {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== CRON_FIELDS.length) bad('must have five fields, e.g. 0 9 * * 1 (Monday at 9:00)');
  CRON_FIELDS.forEach(({ name, min, max }, index) => {
    const good = (fields[index] ?? '').split(',').every((part) => cronPart(part, min, max));
    if (!good) bad(`has a bad ${name} field (${min}-${max}, e.g. */5 or 1,15): ${fields[index]}`);
  });
  return fields.join(' ');
};

export const asEmail: Read<string> = (text) =>
  /^[^\s@]+@[^\s@]+$/.test(text) ? text.toLowerCase() : bad('must be an e-mail address');

/** At least `length` characters, and none of the words that everybody tries first. */
export const asSecret =
  (length: number): Read<string> =>
  (text) => {
    if (/^(change[-_ ]?me|changeit|secret|password|admin|default|example|test|sandbox)\d*$/i.test(text)) {
      bad('has a well-known value: make one, e.g. with `openssl rand -hex 32`');
    }
    return text.length >= length
      ? text
      : bad(`must have at least ${length} characters, e.g. from \`openssl rand -hex 32\``);
  };

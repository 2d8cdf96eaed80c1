/**
 * JSON as Zoho writes it, without loss: every number comes out as the text that stood on the wire. Ids have up to 19
 * digits and are sometimes unquoted, and prices are money: neither may pass through a float (wire/04 §1, domain 9.11).
 */

type SourceReviver = (
  this: unknown,
  key: string,
  value: unknown,
  context: { readonly source?: string },
) => unknown;
/** The standard's `JSON.parse` with source text access, which TypeScript's library does not describe yet. */
const parseWithSource = JSON.parse as (text: string, reviver: SourceReviver) => unknown;

/** Parses `text` with numbers as their source strings; `undefined` when it is empty or not JSON (HTML from gateways). */
export const parseExactJson = (text: string): unknown => {
  if (text.trim() === '') return undefined;
  try {
    return parseWithSource(text, (_key, value, context) =>
      typeof value === 'number' ? context.source : value,
    );
  } catch {
    return undefined;
  }
};

const DECIMAL = /^([+-])?(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** The largest power of ten accepted; a longer number is nonsense and would only fill the memory. */
const MAX_EXPONENT = 30;

/**
 * A wire number or numeric text as money: two decimals, rounded half away from zero, by whole-number arithmetic.
 * Returns `null` when it is not a number.
 */
export const toMoney = (text: string): string | null => {
  const match = DECIMAL.exec(text.trim());
  if (!match) return null;
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match;
  const exponent = Number(exponentText);
  if (Math.abs(exponent) > MAX_EXPONENT) return null;
  const digits = `${whole}${fraction}`;
  // value = digits × 10^scale; cents = digits × 10^(scale + 2)
  const scale = exponent - fraction.length + 2;
  const cents =
    scale >= 0
      ? BigInt(digits) * 10n ** BigInt(scale)
      : roundedDivision(BigInt(digits), 10n ** BigInt(-scale));
  const padded = cents.toString().padStart(3, '0');
  const negative = sign === '-' && cents > 0n ? '-' : '';
  return `${negative}${padded.slice(0, -2)}.${padded.slice(-2)}`;
};

const roundedDivision = (value: bigint, by: bigint): bigint => (2n * value + by) / (2n * by);

/** A price to say to a customer: money above zero, else `null`: a missing price is never shown as 0.00 (lesson F-15). */
export const toPrice = (text: string | null | undefined): string | null => {
  const money = text === null || text === undefined ? null : toMoney(text);
  return money === null || money.startsWith('-') || money === '0.00' ? null : money;
};

/** The standard's `JSON.rawJSON`, which TypeScript's library does not describe yet. */
const raw = (JSON as unknown as { rawJSON: (text: string) => unknown }).rawJSON;

/** A decimal text as a bare JSON number with exactly these digits: money is written without a float, too. */
export const rawNumber = (decimal: string): unknown => raw(decimal);

/**
 * Decimal money without floats: whole minor units (1/100) in a `bigint` inside, a canonical string with two decimals
 * outside. `290`, `290.0` and `290.00` are one amount (lesson F-20). Currencies with two decimals only.
 */

/** `{"amount":"1250.00","currency":"AED"}` (contract 3). */
export interface Money {
  /** Canonical: optional minus, no leading zeros, exactly two decimals. */
  readonly amount: string;
  /** ISO 4217. */
  readonly currency: string;
}

export const DEFAULT_CURRENCY = 'AED';

/** The largest amount, in minor units: far above any order, far below trouble in a `numeric(14,2)` column (G10). */
export const MAX_MINOR_UNITS = 99_999_999_999_999n;

const MINOR_PER_MAJOR = 100n;
const DECIMAL = /^(-?)(\d{1,13})(?:\.(\d{1,2}))?$/;

/** Minor units of a plain decimal (`1250`, `1250.5`, `-3.00`). Throws `RangeError` for anything else. */
export const toMinor = (amount: string): bigint => {
  const match = DECIMAL.exec(amount);
  if (!match) throw new RangeError(`not an amount with at most two decimals: ${JSON.stringify(amount)}`);
  const minor = BigInt(match[2] ?? '0') * MINOR_PER_MAJOR + BigInt((match[3] ?? '').padEnd(2, '0'));
  return checked(match[1] ? -minor : minor);
};

/** The canonical string of minor units. */
export const fromMinor = (minor: bigint): string => {
  const absolute = minor < 0n ? -minor : minor;
  const fraction = String(absolute % MINOR_PER_MAJOR).padStart(2, '0');
  return `${minor < 0n ? '-' : ''}${absolute / MINOR_PER_MAJOR}.${fraction}`;
};

const checked = (minor: bigint): bigint => {
  if (minor > MAX_MINOR_UNITS || minor < -MAX_MINOR_UNITS) throw new RangeError('the amount is too large');
  return minor;
};

const fromChecked = (minor: bigint, currency: string): Money => ({
  amount: fromMinor(checked(minor)),
  currency,
});

/** Money of a plain decimal. Throws `RangeError` when `amount` is not one; parse free text with `parseMoney`. */
export const money = (amount: string, currency: string = DEFAULT_CURRENCY): Money =>
  fromChecked(toMinor(amount), currency);

export const zero = (currency: string = DEFAULT_CURRENCY): Money => ({ amount: '0.00', currency });

/**
 * A catalog price: known only when it is a positive decimal; `null`, empty, zero, negative or malformed is unknown,
 * never 0.00 (domain 9.7, lesson F-15). More than two decimals are rounded half up.
 */
export const knownPrice = (
  raw: string | null | undefined,
  currency: string = DEFAULT_CURRENCY,
): Money | null => {
  const match = /^\s*(\d{1,12})(?:\.(\d{1,12}))?\s*$/.exec(raw ?? '');
  if (!match) return null;
  const fraction = (match[2] ?? '').padEnd(3, '0');
  const minor = BigInt(`${match[1]}${fraction.slice(0, 2)}`) + (fraction.charAt(2) >= '5' ? 1n : 0n);
  return minor > 0n && minor <= MAX_MINOR_UNITS ? { amount: fromMinor(minor), currency } : null;
};

const sameCurrency = (a: Money, b: Money): string => {
  if (a.currency !== b.currency) throw new RangeError(`cannot combine ${a.currency} with ${b.currency}`);
  return a.currency;
};

/** Throws `RangeError` when the currencies differ. */
export const add = (a: Money, b: Money): Money =>
  fromChecked(toMinor(a.amount) + toMinor(b.amount), sameCurrency(a, b));

/** Throws `RangeError` when the currencies differ. */
export const subtract = (a: Money, b: Money): Money =>
  fromChecked(toMinor(a.amount) - toMinor(b.amount), sameCurrency(a, b));

/** The sum; zero in `currency` for none. */
export const sum = (all: readonly Money[], currency: string = DEFAULT_CURRENCY): Money =>
  all.reduce(add, zero(all[0]?.currency ?? currency));

/** A unit price times a whole quantity. Throws `RangeError` for a fraction. */
export const multiply = (unit: Money, quantity: number): Money => {
  if (!Number.isSafeInteger(quantity)) throw new RangeError(`not a whole quantity: ${quantity}`);
  return fromChecked(toMinor(unit.amount) * BigInt(quantity), unit.currency);
};

/** So many decimals a percentage may have. */
const PERCENT_SCALE = 4;

/** `rate` per cent of the amount (`"5"`, `"12.5"`), rounded half up, away from zero (domain 9.11). */
export const percent = (base: Money, rate: string): Money => {
  const match = /^(-?)(\d{1,6})(?:\.(\d{1,4}))?$/.exec(rate);
  if (!match) throw new RangeError(`not a percentage: ${JSON.stringify(rate)}`);
  const scaled = BigInt(`${match[2]}${(match[3] ?? '').padEnd(PERCENT_SCALE, '0')}`);
  const product = toMinor(base.amount) * (match[1] ? -scaled : scaled);
  return fromChecked(divideHalfUp(product, 100n * 10n ** BigInt(PERCENT_SCALE)), base.currency);
};

const divideHalfUp = (value: bigint, divisor: bigint): bigint => {
  const absolute = value < 0n ? -value : value;
  const rounded = (absolute * 2n + divisor) / (divisor * 2n);
  return value < 0n ? -rounded : rounded;
};

/** The price after a discount of `rate` per cent; the discount is what is rounded (domain 9.6). */
export const lessPercent = (price: Money, rate: string): Money => subtract(price, percent(price, rate));

/** -1, 0 or 1. Throws `RangeError` when the currencies differ. */
export const compare = (a: Money, b: Money): -1 | 0 | 1 => {
  sameCurrency(a, b);
  const [left, right] = [toMinor(a.amount), toMinor(b.amount)];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** Same currency and same value. */
export const equals = (a: Money, b: Money): boolean =>
  a.currency === b.currency && sameAmount(a.amount, b.amount);

/** Whether two plain decimals are one amount: `290` is `290.00` (lesson F-20). */
export const sameAmount = (a: string, b: string): boolean => toMinor(a) === toMinor(b);

export { type FoundAmount, findAmounts } from './find-amounts.ts';

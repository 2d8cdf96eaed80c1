/** Telephone numbers as CRM users spell them (domain 11.1, wire/03 §2). */

/** Digits of an international number, without `+` or the `00` prefix. */
export const digitsOf = (phone: string): string => phone.replace(/\D/g, '').replace(/^00/, '');

/** The one form we store: E.164, because CRM compares literally (wire/03 §3). */
export const canonicalPhone = (phone: string): string => `+${digitsOf(phone)}`;

/** A national number has at most so many digits; two longer ones are compared whole. */
const NATIONAL_DIGITS_MAX = 10;
/** Fewer common digits prove nothing. */
const COMMON_DIGITS_MIN = 9;

/** What to search for: the canonical form, then the others, each once. */
export const spellingsOf = (
  phone: string,
): { readonly first: string; readonly others: readonly string[] } => {
  const digits = digitsOf(phone);
  const first = `+${digits}`;
  const others = [digits, `00${digits}`];
  if (digits.length > NATIONAL_DIGITS_MAX) others.push(digits.slice(-NATIONAL_DIGITS_MAX));
  if (digits.length > COMMON_DIGITS_MIN) others.push(digits.slice(-COMMON_DIGITS_MIN));
  return { first, others: [...new Set(others)] };
};

/**
 * How well a stored spelling fits `phone`: `exact` as international numbers, `national` when it is the same number
 * without its country code, `null` when it is another number. CRM's own search is not strict (wire/03 §2).
 */
export const fitOf = (stored: string, phone: string): 'exact' | 'national' | null => {
  const wanted = digitsOf(phone);
  const digits = digitsOf(stored);
  if (digits === wanted) return digits === '' ? null : 'exact';
  const national = digits.replace(/^0/, '');
  const fits =
    national.length >= COMMON_DIGITS_MIN &&
    national.length <= NATIONAL_DIGITS_MAX &&
    wanted.endsWith(national);
  return fits ? 'national' : null;
};

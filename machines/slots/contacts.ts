/** E-mail addresses and phone numbers inside a customer's words. */
import { toAsciiDigits } from '../language/digits.ts';

/** Bounded parts: customers' texts are untrusted. */
const EMAIL = /(?<![\w.+-])[\w.+-]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,4}(?![\w-])/i;
const PHONE = /(?<![\d.,])(?:\+|00)?\d(?:[\s()-]{0,2}\d){6,14}(?!\d)/;

/** The first e-mail address, in lower case; `null` when there is none. */
export const findEmail = (text: string): string | null => EMAIL.exec(text)?.[0].toLowerCase() ?? null;

/** The first phone number, digits with an optional plus; `null` when there is none. */
export const findPhone = (text: string): string | null => {
  const found = PHONE.exec(toAsciiDigits(text))?.[0];
  return found === undefined ? null : found.replace(/[^\d+]/g, '').replace(/^00/, '+');
};

/** Settings of the quotation's paper (domain 9.13, 9.14): who sells, how long it is valid, the shop's own conditions. */
import { Schema } from 'effect';
import { VALID_DAYS } from '../../machines/quotation/dates.ts';

const TERMS_MAX = 30;
const Line = Schema.String.check(Schema.isMaxLength(200));
const Terms = Schema.Array(Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(500))).check(
  Schema.isMaxLength(TERMS_MAX),
);
const Email = Schema.String.check(
  Schema.isMaxLength(200),
  Schema.isPattern(/^$|^[^\s@]{1,64}@[^\s@.]{1,63}(?:\.[^\s@.]{1,63}){1,8}$/, {
    message: 'Expected an e-mail address, or nothing',
  }),
);
/** About 200 kB of picture. */
const LOGO_CHARS_MAX = 280_000;
const Logo = Schema.String.check(
  Schema.isMaxLength(LOGO_CHARS_MAX),
  Schema.isPattern(/^$|^data:image\/(?:png|jpeg);base64,[A-Za-z0-9+/]+=*$/, {
    message: 'Expected a data: URL of a png or jpeg picture, or nothing for the built-in logo',
  }),
);

export const QuotationSettings = Schema.Struct({
  /** Empty parts are left off the paper; an empty name is the company's name of `bot`. */
  seller: Schema.Struct({ name: Line, trn: Line, address: Line, phone: Line, email: Email }),
  /** The manager who is asked about a quotation; empty: the assistant, at the seller's phone and e-mail or in the chat. */
  contact: Schema.Struct({ name: Line, phone: Line, email: Email }),
  validDays: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 365 })),
  deliveryDays: Schema.String.check(
    Schema.isPattern(/^\d{1,3}(?:\s?[–-]\s?\d{1,3})?$/, { message: 'Expected days, as in "2–8"' }),
  ),
  /** Empty: the standard conditions. */
  terms: Schema.Struct({ en: Terms, ar: Terms }),
  logo: Logo,
});

export const DEFAULT_QUOTATION: typeof QuotationSettings.Type = {
  seller: { name: '', trn: '', address: '', phone: '', email: '' },
  contact: { name: '', phone: '', email: '' },
  validDays: VALID_DAYS,
  deliveryDays: '2–8',
  terms: { en: [], ar: [] },
  logo: '',
};

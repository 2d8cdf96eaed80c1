/** What is checked before a call is made: a wrong argument must not become a search for strangers or another path. */
import { Effect } from 'effect';
import { CrmRejected } from './errors.ts';
import { digitsOf } from './phone.ts';

const RECORD_ID = /^\d{6,25}$/;
/** E.164 allows 15 digits; with fewer than 8 a search would match strangers. */
const PHONE_DIGITS = /^\d{8,15}$/;

export const requirePhone = (phone: string): Effect.Effect<void, CrmRejected> =>
  demand(PHONE_DIGITS, digitsOf(phone), 'a phone number of 8 to 15 digits');

export const requireRecordId = (id: string): Effect.Effect<void, CrmRejected> =>
  demand(RECORD_ID, id, 'a CRM record id');

export const requireName = (name: string): Effect.Effect<void, CrmRejected> =>
  demand(/\S/, name, 'a name, or a placeholder for it');

const demand = (form: RegExp, value: string, what: string): Effect.Effect<void, CrmRejected> =>
  form.test(value) ? Effect.void : Effect.fail(invalidInput(what));

export const invalidInput = (what: string): CrmRejected =>
  new CrmRejected({ code: 'INVALID_INPUT', field: null, message: `CRM needs ${what}`, retryable: false });

/** Finds contacts by phone in all spellings, and decides which one is the customer (domain 11.1). */
import { Effect } from 'effect';
import { readRows } from './answer.ts';
import { choose, withPhone } from './choose.ts';
import { readContact } from './contact.ts';
import { CONCURRENT_CALLS_MAX, type CrmCall } from './crm-calls.ts';
import type { FieldMap } from './fields.ts';
import { requirePhone } from './input.ts';
import { spellingsOf } from './phone.ts';

/** Contacts with one number that are looked at; more is a fault of the data. */
const SEARCH_ROWS_MAX = 50;

export const makeContactSearch = (call: CrmCall, map: FieldMap) => {
  const search = Effect.fn('ZohoCrm.search')(function* (spelling: string) {
    const query = { phone: spelling, per_page: SEARCH_ROWS_MAX };
    const rows = yield* readRows(yield* call({ method: 'GET', path: '/Contacts/search', query }));
    return yield* Effect.forEach(rows, (row) => readContact(row, map.segment));
  });

  const contactsByPhone = Effect.fn('ZohoCrm.contactsByPhone')(function* (phone: string) {
    yield* requirePhone(phone);
    const { first, others } = spellingsOf(phone);
    const direct = withPhone(yield* search(first), phone);
    if (direct.length > 0) return direct;
    const found = yield* Effect.forEach(others, search, { concurrency: CONCURRENT_CALLS_MAX });
    return withPhone(found.flat(), phone);
  });

  const findContactByPhone = Effect.fn('ZohoCrm.findContactByPhone')(function* (phone: string) {
    const found = choose(yield* contactsByPhone(phone), phone);
    if (found === null) return null;
    if (found.duplicates.length > 0) {
      const ids = { chosen: found.contact.id, duplicates: found.duplicates };
      yield* Effect.logWarning('several CRM contacts have one phone number: merge them in CRM', ids);
    }
    return found.contact;
  });
  return { contactsByPhone, findContactByPhone };
};

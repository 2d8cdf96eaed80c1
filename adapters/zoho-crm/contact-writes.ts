/** Creates and updates contacts. A repeat is safe: upsert on the phone, and PUT by id (wire/03 §3). */
import { Effect } from 'effect';
import { readWrite } from './answer.ts';
import type { CrmCall } from './crm-calls.ts';
import type { Attribution, AttributionMap } from './deal-map.ts';
import { type ContactFields, type FieldMap, recordOf } from './fields.ts';
import { requireName, requirePhone, requireRecordId } from './input.ts';
import { writeContact } from './write-contact.ts';

export interface NewContact {
  /** Any spelling; stored as E.164. */
  readonly phone: string;
  /** As the customer said it, or a placeholder. */
  readonly name: string;
  readonly email?: string;
  readonly company?: string;
  readonly segment?: string;
  readonly leadSource: string;
  readonly attribution?: Attribution;
}

/** The organisation's workflows run on our writes, as on a person's. */
const trigger = ['workflow'];

export const makeContactWrites = (call: CrmCall, map: FieldMap) => {
  const createContact = Effect.fn('ZohoCrm.createContact')(function* (
    contact: NewContact,
    attributionMap: AttributionMap = map.attribution,
  ) {
    yield* requirePhone(contact.phone);
    yield* requireName(contact.name);
    const { phone, name, leadSource, ...optional } = contact;
    const upsert = (record: unknown) => ({ data: [record], duplicate_check_fields: ['Phone'], trigger });
    const named = { ...map, attribution: attributionMap };
    return yield* writeContact(named, optional, recordOf({ name, phone, leadSource }, map), (record) =>
      call({ method: 'POST', path: '/Contacts/upsert', json: upsert(record) }).pipe(
        Effect.flatMap((response) => readWrite(response, 'insert')),
      ),
    );
  });

  const updateContact = Effect.fn('ZohoCrm.updateContact')(function* (id: string, fields: ContactFields) {
    yield* requireRecordId(id);
    return yield* writeContact(map, fields, {}, (record) =>
      call({ method: 'PUT', path: `/Contacts/${id}`, json: { data: [record], trigger } }).pipe(
        Effect.flatMap((response) => readWrite(response, 'update')),
      ),
    );
  });
  return { createContact, updateContact };
};

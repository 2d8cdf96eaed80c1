/** Our words for a contact's facts and CRM's API names for them (domain 11.5). */
import { type Attribution, type AttributionMap, attributionRecord } from './deal-map.ts';
import { canonicalPhone } from './phone.ts';

/** What may be written; an absent key is left as it is in CRM. */
export interface ContactFields {
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  readonly company?: string | undefined;
  readonly segment?: string | undefined;
  readonly leadSource?: string | undefined;
  /** Written only where the organisation's fields are mapped (domain 11.7). */
  readonly attribution?: Attribution | undefined;
}

/** API names of the organisation; custom ones differ, standard ones do not. */
export interface FieldMap {
  readonly company: string;
  readonly segment: string;
  readonly attribution: AttributionMap;
}

export const defaultFieldMap: FieldMap = { company: 'Account_Name', segment: 'Segment', attribution: {} };

/** CRM's limits of its standard fields, characters. */
const LAST_NAME_MAX = 80;
const FIRST_NAME_MAX = 40;

/** The wire's record of these facts. */
export const recordOf = (fields: ContactFields, map: FieldMap): Record<string, unknown> => {
  const record: Record<string, unknown> = {};
  if (fields.name !== undefined) Object.assign(record, namesOf(fields.name));
  if (fields.phone !== undefined) record.Phone = canonicalPhone(fields.phone);
  if (fields.email !== undefined) record.Email = fields.email.trim();
  if (fields.company !== undefined) {
    const company = fields.company.trim();
    // The standard field is a look-up and takes an object; an organisation's own text field takes text.
    record[map.company] = map.company === 'Account_Name' ? { name: company } : company;
  }
  if (fields.segment !== undefined) record[map.segment] = fields.segment;
  if (fields.leadSource !== undefined) record.Lead_Source = fields.leadSource;
  if (fields.attribution !== undefined)
    Object.assign(record, attributionRecord(fields.attribution, map.attribution));
  return record;
};

/** CRM demands a last name, so a single word is the last name (wire/03 §3). */
const namesOf = (name: string): { First_Name?: string; Last_Name: string } => {
  const words = name.trim().split(/\s+/);
  const last = words.at(-1) ?? '';
  const first = words.slice(0, -1).join(' ');
  return {
    ...(first === '' ? {} : { First_Name: first.slice(0, FIRST_NAME_MAX) }),
    Last_Name: last.slice(0, LAST_NAME_MAX),
  };
};

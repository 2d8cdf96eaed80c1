/** Which of several contacts with one phone is the customer: always the same one, and the others are told. */
import type { CrmContact } from './contact.ts';
import { fitOf } from './phone.ts';

export interface Found {
  readonly contact: CrmContact;
  /** Ids of further contacts with this number, for a person to merge (lesson F-36). */
  readonly duplicates: readonly string[];
}

/** Keeps contacts that really have this number, best first: exact spelling, then oldest, then smallest id. */
export const withPhone = (candidates: readonly CrmContact[], phone: string): readonly CrmContact[] => {
  const byId = new Map(candidates.map((contact) => [contact.id, contact]));
  return [...byId.values()]
    .map((contact) => ({ contact, rank: rankOf(contact, phone) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank || older(a.contact, b.contact))
    .map(({ contact }) => contact);
};

/** The chosen contact and its duplicates, or `null` when none has this number. */
export const choose = (candidates: readonly CrmContact[], phone: string): Found | null => {
  const [contact, ...rest] = withPhone(candidates, phone);
  return contact === undefined ? null : { contact, duplicates: rest.map((other) => other.id) };
};

const rankOf = (contact: CrmContact, phone: string): number => {
  const fits = [contact.phone, contact.mobile].map((stored) =>
    stored === null ? null : fitOf(stored, phone),
  );
  return fits.includes('exact') ? 2 : fits.includes('national') ? 1 : 0;
};

/** CRM's times of one organisation share their zone, and an unknown time comes last. */
const older = (a: CrmContact, b: CrmContact): number => {
  const [first, second] = [timeOf(a), timeOf(b)];
  return first - second || a.id.length - b.id.length || (a.id < b.id ? -1 : 1);
};

const timeOf = (contact: CrmContact): number => {
  const at = Date.parse(contact.createdAt ?? '');
  return Number.isNaN(at) ? Number.MAX_SAFE_INTEGER : at;
};

/** Who writes: the CRM's contact behind a phone (domain 11.1), and making one for a newcomer (domain 11.2). */
import { Effect } from 'effect';
import { ZohoCrm } from '../../adapters/zoho-crm/zoho-crm.ts';
import type {
  CreateContactInput,
  CreateContactOutput,
  IdentifyInput,
  IdentifyOutput,
  UpdateContactParams,
} from '../../machines/conversation/actors.ts';
import { parseConversationId } from '../../machines/conversation/events.ts';
import { CrmProfiles } from './crm-profiles.ts';

/** Domain 11.2. */
const LEAD_SOURCE = 'chatbot';

export const identifyCustomer = Effect.fn('identifyCustomer')(function* (input: IdentifyInput) {
  const profiles = yield* CrmProfiles;
  const contact = yield* profiles.byPhone(input.phone);
  if (!contact) return { contact: null } satisfies IdentifyOutput;
  const { id, name, company, email, segment } = contact;
  return { contact: { id, name, company, email, segment } } satisfies IdentifyOutput;
});

export const createContact = Effect.fn('createContact')(function* (input: CreateContactInput) {
  const crm = yield* ZohoCrm;
  const created = yield* crm.createContact({
    phone: input.phone,
    name: input.name ?? `WhatsApp +${input.phone}`,
    ...(input.company === null ? {} : { company: input.company }),
    ...(input.email === null ? {} : { email: input.email }),
    leadSource: LEAD_SOURCE,
  });
  const profiles = yield* CrmProfiles;
  yield* profiles.forget(input.phone);
  return { contactId: created.id } satisfies CreateContactOutput;
});

/** CRM fields we may write without a map of the shop's own (domain 11.5). */
const WRITABLE = ['name', 'email', 'company'] as const;

export const updateContact = Effect.fn('updateContact')(function* (
  input: UpdateContactParams,
  conversationId: string,
) {
  const crm = yield* ZohoCrm;
  const fields = Object.fromEntries(
    WRITABLE.flatMap((field) => {
      const value = input.fields[field];
      return value === undefined ? [] : [[field, value] as const];
    }),
  );
  if (Object.keys(fields).length === 0) return;
  yield* crm.updateContact(input.contactId, fields);
  const profiles = yield* CrmProfiles;
  const parts = parseConversationId(conversationId);
  if (parts) yield* profiles.forget(parts.chatId);
});

/** Who writes: the CRM's contact behind a phone (domain 11.1), and making one for a newcomer (domain 11.2). */
import { Effect } from 'effect';
import { purchasesOf } from '../../adapters/zoho-crm/deal.ts';
import { dealMapOf, defaultDealMap } from '../../adapters/zoho-crm/deal-map.ts';
import { ZohoCrm } from '../../adapters/zoho-crm/zoho-crm.ts';
import type {
  CreateContactInput,
  CreateContactOutput,
  IdentifyInput,
  IdentifyOutput,
  UpdateContactParams,
} from '../../machines/conversation/actors.ts';
import type { Purchases } from '../../machines/conversation/context.ts';
import { parseConversationId } from '../../machines/conversation/events.ts';
import { CrmProfiles } from './crm-profiles.ts';
import { CrmSettings } from './crm-settings.ts';

/** The look-up itself must not wait for it. */
const PURCHASES_PATIENCE = '800 millis';
/** Domain 11.2. */
const LEAD_SOURCE = 'chatbot';

export const identifyCustomer = Effect.fn('identifyCustomer')(function* (input: IdentifyInput) {
  const profiles = yield* CrmProfiles;
  const contact = yield* profiles.byPhone(input.phone);
  if (!contact) return { contact: null } satisfies IdentifyOutput;
  const { id, name, company, email, segment } = contact;
  const purchases = yield* purchasesBy(id);
  return { contact: { id, name, company, email, segment }, purchases } satisfies IdentifyOutput;
});

/** Nice to know: a CRM that does not tell costs nothing but that (domain 11.3, 11.13). */
const purchasesBy = Effect.fnUntraced(function* (contactId: string) {
  const crm = yield* ZohoCrm;
  const settings = yield* CrmSettings;
  const map = dealMapOf(defaultDealMap, yield* settings.deals);
  return yield* crm.contactDeals(contactId).pipe(
    Effect.map((deals): Purchases => {
      const { orders, total, latest } = purchasesOf(deals, map);
      return { orders, total, latest: latest === null ? null : { name: latest.name, stage: latest.stage } };
    }),
    Effect.timeout(PURCHASES_PATIENCE),
    Effect.catch((error) =>
      Effect.logInfo('Earlier purchases are not known').pipe(
        Effect.annotateLogs({ reason: error._tag }),
        Effect.as(null),
      ),
    ),
  );
});

export const createContact = Effect.fn('createContact')(function* (input: CreateContactInput) {
  const crm = yield* ZohoCrm;
  const settings = yield* CrmSettings;
  const created = yield* crm.createContact(
    {
      phone: input.phone,
      name: input.name ?? `WhatsApp +${input.phone}`,
      ...(input.company === null ? {} : { company: input.company }),
      ...(input.email === null ? {} : { email: input.email }),
      ...(input.attribution === undefined ? {} : { attribution: input.attribution }),
      leadSource: LEAD_SOURCE,
    },
    yield* settings.contactAttribution,
  );
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

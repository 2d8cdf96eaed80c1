/** The deal behind an order: made once, then moved along its stages (domain 11.9, 11.10). */
import { Effect } from 'effect';
import { ZohoCrm } from '../../adapters/zoho-crm/zoho-crm.ts';
import type {
  CreateDealInput,
  CreateDealOutput,
  MoveDealInput,
  MoveDealOutput,
} from '../../machines/conversation/actors.ts';
import { CrmSettings } from './crm-settings.ts';

/** Domain 11.2: the same for contact and deal. */
const LEAD_SOURCE = 'chatbot';

/** The key makes a repeat find the deal that is there. */
export const createDeal = Effect.fn('createDeal')(function* (input: CreateDealInput) {
  const crm = yield* ZohoCrm;
  const settings = yield* CrmSettings;
  const { key, contactId, name, stage, amount, description, attribution } = input;
  const { deal } = yield* crm.createDeal(
    {
      key,
      contactId,
      name,
      stage,
      leadSource: LEAD_SOURCE,
      description,
      ...(amount === null ? {} : { amount }),
      ...(attribution === undefined ? {} : { attribution }),
    },
    yield* settings.deals,
  );
  return { dealId: deal.id } satisfies CreateDealOutput;
});

export const moveDeal = Effect.fn('moveDeal')(function* (input: MoveDealInput) {
  const crm = yield* ZohoCrm;
  const settings = yield* CrmSettings;
  const { dealId, stage, amount } = input;
  yield* crm.updateDeal(dealId, { stage, ...(amount === null ? {} : { amount }) }, yield* settings.deals);
  return { stage, amount } satisfies MoveDealOutput;
});

/** Zoho CRM as the API's routes ask for it. */
import { type Context, Effect } from 'effect';
import { CrmProfiles } from '../../actors/conversation/crm-profiles.ts';
import { type DealMap, defaultDealMap } from '../../adapters/zoho-crm/deal-map.ts';
import { type CrmDeal, type DealFields, type DealStage, ZohoCrm } from '../../adapters/zoho-crm/zoho-crm.ts';
import type { CrmApi } from '../api/deps.ts';
import { VendorRefusal } from '../api/vendor-failure.ts';
import type { DealPatch, DealView } from '../api/vendor-schemas.ts';
import { decimalOf } from './money.ts';
import { pageOver } from './pages.ts';

export const makeCrmApi = (services: Context.Context<ZohoCrm | CrmProfiles>, currency: string): CrmApi => {
  const run = <A, E>(program: (crm: ZohoCrm['Service']) => Effect.Effect<A, E>): Promise<A> =>
    Effect.runPromise(Effect.flatMap(ZohoCrm, program).pipe(Effect.provideContext(services)));
  const view = dealView(defaultDealMap, currency);
  return {
    contactsByPhone: async (phone) => {
      const contact = await Effect.runPromise(
        Effect.flatMap(CrmProfiles, (profiles) => profiles.byPhone(phone)).pipe(
          Effect.provideContext(services),
        ),
      );
      if (!contact) return [];
      const { id, name, company, email, segment } = contact;
      return [{ id, name, company, phone: contact.phone, email, segment }];
    },
    deals: ({ contact, ...query }) =>
      pageOver(
        query,
        (n) =>
          contact === undefined
            ? run((crm) => crm.deals(n))
            : run((crm) => Effect.map(crm.contactDeals(contact), (items) => ({ items, hasMore: false }))),
        view,
      ),
    deal: (id) => run((crm) => Effect.map(crm.deal(id), (deal) => (deal ? view(deal) : null))),
    createDeal: async (key, { name, contactId, ...facts }) => {
      const fields = fieldsOf(facts, currency);
      const { deal, outcome, leftOut } = await run((crm) =>
        crm.createDeal({ key, name, contactId, ...fields, stage: fields.stage ?? 'new' }),
      );
      return { ...view(deal), outcome, leftOut };
    },
    changeDeal: async (id, patch) => {
      const fields = fieldsOf(patch, currency);
      return run((crm) =>
        Effect.gen(function* () {
          if ((yield* crm.deal(id)) === null) return null;
          const { leftOut } = yield* crm.updateDeal(id, fields);
          const deal = yield* crm.deal(id);
          return deal === null ? null : { ...view(deal), outcome: 'updated' as const, leftOut };
        }),
      );
    },
  };
};

const dealView =
  (map: DealMap, currency: string) =>
  (deal: CrmDeal): DealView => ({
    id: deal.id,
    name: deal.name,
    stage: deal.stage,
    stageKey: stageOf(map, deal.stage),
    amount: deal.amount === null ? null : { amount: deal.amount, currency },
    closingDate: deal.closingDate,
    contactId: deal.contactId,
    modifiedAt: deal.modifiedAt,
  });

/** Our word for a stage that is written in either way; `null`: neither. */
const stageOf = (map: DealMap, written: string): DealStage | null => {
  const wanted = written.trim().toLowerCase();
  const entries = Object.entries(map.stages) as [DealStage, string][];
  const found = entries.find(([key, name]) => key.toLowerCase() === wanted || name.toLowerCase() === wanted);
  return found?.[0] ?? null;
};

const fieldsOf = ({ stage, amount, ...rest }: DealPatch, currency: string): DealFields => {
  const key = stage === undefined ? undefined : stageOf(defaultDealMap, stage);
  if (key === null) {
    const names = Object.keys(defaultDealMap.stages).join(', ');
    throw new VendorRefusal(422, 'unknown_stage', `is no stage of a deal; use one of ${names}`, 'stage');
  }
  return {
    ...rest,
    ...(key === undefined ? {} : { stage: key }),
    ...(amount === undefined ? {} : { amount: decimalOf(amount, currency, 'amount') }),
  };
};

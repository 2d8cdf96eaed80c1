/** Zoho CRM as the API's routes ask for it. */
import { type Context, Effect } from 'effect';
import { CrmProfiles } from '../../actors/conversation/crm-profiles.ts';
import { CrmSettings } from '../../actors/conversation/crm-settings.ts';
import {
  type DealMap,
  type DealMapChanges,
  dealMapOf,
  defaultDealMap,
} from '../../adapters/zoho-crm/deal-map.ts';
import { type CrmDeal, type DealFields, type DealStage, ZohoCrm } from '../../adapters/zoho-crm/zoho-crm.ts';
import type { CrmApi } from '../api/deps.ts';
import { VendorRefusal } from '../api/vendor-failure.ts';
import type { DealPatch, DealView } from '../api/vendor-schemas.ts';
import { decimalOf } from './money.ts';
import { pageOver } from './pages.ts';

type Needed = ZohoCrm | CrmProfiles | CrmSettings;

/** Stages are named as settings name them at the moment of the call, both ways (domain 11.8). */
export const makeCrmApi = (services: Context.Context<Needed>, currency: string): CrmApi => {
  const run = <A, E>(program: Effect.Effect<A, E, Needed>): Promise<A> =>
    Effect.runPromise(Effect.provideContext(program, services));
  const crm = <A, E>(program: (crm: ZohoCrm['Service']) => Effect.Effect<A, E>): Promise<A> =>
    run(Effect.flatMap(ZohoCrm, program));
  const shopsMap = () => run(Effect.flatMap(CrmSettings, ({ deals }) => deals)).then(overDefaults);
  return {
    contactsByPhone: async (phone) => {
      const contact = await run(Effect.flatMap(CrmProfiles, (profiles) => profiles.byPhone(phone)));
      if (!contact) return [];
      const { id, name, company, email, segment } = contact;
      return [{ id, name, company, phone: contact.phone, email, segment }];
    },
    deals: async ({ contact, ...query }) =>
      pageOver(
        query,
        (n) =>
          contact === undefined
            ? crm(({ deals }) => deals(n))
            : crm(({ contactDeals }) =>
                Effect.map(contactDeals(contact), (items) => ({ items, hasMore: false })),
              ),
        dealView(await shopsMap(), currency),
      ),
    deal: async (id) => {
      const view = dealView(await shopsMap(), currency);
      const deal = await crm((it) => it.deal(id));
      return deal === null ? null : view(deal);
    },
    createDeal: async (key, { name, contactId, ...facts }) => {
      const map = await shopsMap();
      const fields = fieldsOf(facts, map, currency);
      const wanted = { key, name, contactId, ...fields, stage: fields.stage ?? 'new' } as const;
      const { deal, outcome, leftOut } = await crm((it) => it.createDeal(wanted, map));
      return { ...dealView(map, currency)(deal), outcome, leftOut };
    },
    changeDeal: async (id, patch) => {
      const map = await shopsMap();
      const fields = fieldsOf(patch, map, currency);
      if ((await crm((it) => it.deal(id))) === null) return null;
      const { leftOut } = await crm((it) => it.updateDeal(id, fields, map));
      const deal = await crm((it) => it.deal(id));
      return deal === null ? null : { ...dealView(map, currency)(deal), outcome: 'updated', leftOut };
    },
  };
};

const overDefaults = (changes: DealMapChanges): DealMap => dealMapOf(defaultDealMap, changes);

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

const fieldsOf = ({ stage, amount, ...rest }: DealPatch, map: DealMap, currency: string): DealFields => {
  const key = stage === undefined ? undefined : stageOf(map, stage);
  if (key === null) {
    const names = Object.keys(map.stages).join(', ');
    throw new VendorRefusal(422, 'unknown_stage', `is no stage of a deal; use one of ${names}`, 'stage');
  }
  return {
    ...rest,
    ...(key === undefined ? {} : { stage: key }),
    ...(amount === undefined ? {} : { amount: decimalOf(amount, currency, 'amount') }),
  };
};

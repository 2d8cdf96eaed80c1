/** A deal that we want in CRM: what is checked, its name and its wire form (domain 11.6, 11.10). */
import { createHash } from 'node:crypto';
import { Effect } from 'effect';
import { rawNumber } from '../zoho-oauth/exact-json.ts';
import type { CrmDeal } from './contact.ts';
import { type Attribution, attributionRecord, type DealMap, type DealStage } from './deal-map.ts';
import type { CrmRejected } from './errors.ts';
import { invalidInput, requireName, requireRecordId } from './input.ts';

/** Facts that may change; an absent key is left as it is in CRM. */
export interface DealFields {
  readonly stage?: DealStage | undefined;
  /** Decimal text. */
  readonly amount?: string | undefined;
  /** `yyyy-mm-dd`. */
  readonly closingDate?: string | undefined;
  readonly description?: string | undefined;
  readonly attribution?: Attribution | undefined;
}

export interface NewDeal extends DealFields {
  /** What makes it this deal: the same key never makes a second one. One conversation and order, for example. */
  readonly key: string;
  readonly name: string;
  /** CRM's id of the contact. */
  readonly contactId: string;
  readonly stage: DealStage;
  readonly leadSource?: string | undefined;
}

/** CRM's limits, characters. */
const NAME_MAX = 120;
const KEY_MAX = 255;
const DESCRIPTION_MAX = 32_000;
const AMOUNT = /^\d{1,13}(\.\d{1,2})?$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const CODE_LENGTH = 10;

/** A short code of a key: what tells our deal or note from another of the same name. */
export const codeOf = (key: string): string =>
  createHash('sha256').update(key).digest('hex').slice(0, CODE_LENGTH).toUpperCase();

/** `Office chairs [1A2B3C4D5E]`: for an organisation without the unique field. */
export const codedName = (name: string, key: string): string => {
  const suffix = ` [${codeOf(key)}]`;
  return `${name.trim().slice(0, NAME_MAX - suffix.length)}${suffix}`;
};

export const requireDeal = (deal: NewDeal): Effect.Effect<void, CrmRejected> =>
  Effect.all([
    requireName(deal.name),
    requireRecordId(deal.contactId),
    deal.key.trim() === '' || deal.key.length > KEY_MAX
      ? Effect.fail(invalidInput(`a key of 1 to ${KEY_MAX} characters for a deal`))
      : Effect.void,
    requireFields(deal),
  ]).pipe(Effect.asVoid);

export const requireFields = (fields: DealFields): Effect.Effect<void, CrmRejected> => {
  if (fields.amount !== undefined && !AMOUNT.test(fields.amount))
    return Effect.fail(invalidInput('an amount in decimal text with at most two decimals'));
  if (fields.closingDate !== undefined && !DATE.test(fields.closingDate))
    return Effect.fail(invalidInput('a closing date as yyyy-mm-dd'));
  return Effect.void;
};

/** What a deal cannot be without. */
export const requiredRecord = (deal: NewDeal, map: DealMap, isKeyed: boolean): Record<string, unknown> => ({
  Deal_Name: isKeyed ? deal.name.trim().slice(0, NAME_MAX) : codedName(deal.name, deal.key),
  Contact_Name: { id: deal.contactId },
  Stage: map.stages[deal.stage],
  ...(map.pipeline === null ? {} : { Pipeline: map.pipeline }),
  ...(isKeyed && map.uniqueField !== null ? { [map.uniqueField]: deal.key } : {}),
});

/** Facts that CRM may dislike without costing us the deal. The stage is not among them. */
export const optionalRecord = (
  fields: DealFields & Pick<Partial<NewDeal>, 'leadSource'>,
  map: DealMap,
): Record<string, unknown> => ({
  ...(fields.amount === undefined ? {} : { Amount: rawNumber(fields.amount) }),
  ...(fields.closingDate === undefined ? {} : { Closing_Date: fields.closingDate }),
  ...(fields.description === undefined ? {} : { Description: fields.description.slice(0, DESCRIPTION_MAX) }),
  ...(fields.leadSource === undefined ? {} : { Lead_Source: fields.leadSource }),
  ...attributionRecord(fields.attribution ?? {}, map.attribution),
});

export interface Purchases {
  /** Deals that became orders. */
  readonly orders: number;
  /** Of those with a known amount; decimal text. */
  readonly total: string;
  /** The newest deal of any stage: the "one recent status" of domain 11.3. */
  readonly latest: CrmDeal | null;
}

const BOUGHT: readonly DealStage[] = ['orderConfirmed', 'sentToWarehouse', 'consignment', 'delivered'];

/** What a customer bought so far. `deals` newest first, as CRM's service gives them. */
export const purchasesOf = (deals: readonly CrmDeal[], map: DealMap): Purchases => {
  const stages = new Set(BOUGHT.map((stage) => map.stages[stage]));
  const bought = deals.filter((deal) => stages.has(deal.stage));
  const minor = bought.reduce((sum, deal) => sum + BigInt((deal.amount ?? '0.00').replace('.', '')), 0n);
  const padded = minor.toString().padStart(3, '0');
  const total = `${padded.slice(0, -2)}.${padded.slice(-2)}`;
  return { orders: bought.length, total, latest: deals[0] ?? null };
};

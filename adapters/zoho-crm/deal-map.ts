/** What an organisation calls our words: stages, the field that makes a deal ours, and attribution (domain 11.6 to 11.9). */

/** Where a sale stands, in our words. */
export type DealStage =
  | 'new'
  | 'inWork'
  | 'offerSent'
  | 'negotiations'
  | 'orderConfirmed'
  | 'sentToWarehouse'
  | 'consignment'
  | 'delivered'
  | 'onHold'
  | 'lost';

export interface Attribution {
  readonly source?: string | undefined;
  readonly medium?: string | undefined;
  readonly campaign?: string | undefined;
  readonly content?: string | undefined;
  readonly term?: string | undefined;
  readonly gclid?: string | undefined;
  readonly adId?: string | undefined;
  readonly adName?: string | undefined;
  readonly adGroup?: string | undefined;
  readonly promoCode?: string | undefined;
}

/** API name of each attribution field; what is not mapped is not written, for names differ and are not guessed (domain 11.7). */
export type AttributionMap = Partial<Readonly<Record<keyof Attribution, string>>>;

export interface DealMap {
  /**
   * API name of a text field of Deals, marked "do not allow duplicate values". `null`, or a field that the organisation
   * does not have: deals are told apart by a code in their name.
   */
  readonly uniqueField: string | null;
  /** CRM's `Pipeline`; left to CRM when `null`. */
  readonly pipeline: string | null;
  /** CRM's stage for each of ours. */
  readonly stages: Readonly<Record<DealStage, string>>;
  readonly attribution: AttributionMap;
}

/** The business's own pipeline (domain 11.8). */
export const defaultDealMap: DealMap = {
  uniqueField: 'Bot_Conversation_Id',
  pipeline: null,
  stages: {
    new: 'New Lead',
    inWork: 'In work',
    offerSent: 'Offer sent',
    negotiations: 'Negotiations',
    orderConfirmed: 'Order confirmed',
    sentToWarehouse: 'Sent to warehouse',
    consignment: 'Consignment',
    delivered: 'Collected/delivered',
    onHold: 'On hold',
    lost: 'Closed lost',
  },
  attribution: {},
};

/** What settings say, over what is known. */
export interface DealMapChanges extends Partial<Omit<DealMap, 'stages'>> {
  readonly stages?: Partial<DealMap['stages']>;
}

export const dealMapOf = (base: DealMap, changes: DealMapChanges = {}): DealMap => ({
  ...base,
  ...changes,
  stages: { ...base.stages, ...changes.stages },
});

/** CRM's limit of a line of text, characters. */
const TEXT_MAX = 255;

/** The wire's fields of an attribution. */
export const attributionRecord = (said: Attribution, map: AttributionMap): Record<string, string> =>
  Object.fromEntries(
    Object.entries(map).flatMap(([key, apiName]) => {
      const value = said[key as keyof Attribution]?.trim();
      return value && apiName ? [[apiName, value.slice(0, TEXT_MAX)] as const] : [];
    }),
  );

/** The deal in CRM that stands for the present order (domain 11.9, 11.10). */

/** Where a sale stands, in our words; settings map them to the shop's pipeline. */
export type DealStage = 'inWork' | 'offerSent' | 'negotiations' | 'orderConfirmed' | 'delivered' | 'lost';

export interface DealFacts {
  readonly stage: DealStage;
  /** Decimal string, AED; null while nothing is priced. */
  readonly amount: string | null;
}

export interface Deal {
  /** The order it stands for (`sale.serial`); 0: none yet. */
  readonly number: number;
  readonly id: string | null;
  /** What it was asked to be made with, while the CRM makes it. */
  readonly asked: DealFacts | null;
  /** What the CRM says; null until the deal was made. */
  readonly written: DealFacts | null;
}

export interface DealArea {
  readonly deal: Deal;
}

export const INITIAL_DEAL: DealArea = { deal: { number: 0, id: null, asked: null, written: null } };

/** What follows an accepted quotation: payment, delivery, and what the customer thought of it (domain 18). */

/** The questions of domain 18.3, in their order. */
export const FEEDBACK_QUESTIONS = ['overall', 'delivery', 'recommend', 'comment'] as const;
export type FeedbackQuestion = (typeof FEEDBACK_QUESTIONS)[number];

export interface FeedbackAnswers {
  /** 1 to 5. */
  readonly overall: number | null;
  readonly delivery: number | null;
  readonly recommend: boolean | null;
  /** Empty: the customer has nothing to add. */
  readonly comment: string | null;
}

export const NO_ANSWERS: FeedbackAnswers = { overall: null, delivery: null, recommend: null, comment: null };

/** An order that was agreed on; its state is Inventory's (domain 18.4). */
export interface OpenOrder {
  readonly number: string;
  readonly acceptedAt: number;
  readonly paidAt: number | null;
  readonly deliveredAt: number | null;
  /** When Inventory was asked last. */
  readonly checkedAt: number;
}

export interface AfterSale {
  readonly order: OpenOrder | null;
  readonly answers: FeedbackAnswers;
  /** One request a conversation (domain 18.3). */
  readonly requestedAt: number | null;
  /** The questions are being asked. */
  readonly asking: boolean;
  /** Feedback is not asked for any more. */
  readonly over: boolean;
  /** The gate asked to come again then. */
  readonly waitUntil: number | null;
}

export interface AfterSaleArea {
  readonly afterSale: AfterSale;
}

export const INITIAL_AFTER_SALE: AfterSaleArea = {
  afterSale: {
    order: null,
    answers: NO_ANSWERS,
    requestedAt: null,
    asking: false,
    over: false,
    waitUntil: null,
  },
};

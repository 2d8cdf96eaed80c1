/** Settings, prompts and the past, as the turn was told of them. */

export interface PromptSection {
  readonly section: string;
  readonly version: number;
  readonly body: string;
}

/** Business settings and prompts as they were when the turn was understood: activated versions apply at once. */
/** The owner's terms of sale (contract 3.5, domain 9.9-9.12). */
export interface SaleTerms {
  /** `"5"`. */
  readonly vatPercent: string;
  /** `"0.00"` is free; null: to be confirmed. */
  readonly deliveryCharge: string | null;
  /** Goods of this much are delivered free; null: the charge holds for every order. */
  readonly freeDeliveryFrom: string | null;
  /** From this much on a manager wants to know (domain 8.1, trigger 4). */
  readonly managerThreshold: string;
  /** Approved percentage by CRM segment. */
  readonly discounts: Readonly<Record<string, string>>;
}

/** Domain 9.9, 9.11: no discount, VAT of 5 %, delivery to be confirmed, until the first briefing brings the settings. */
export const DEFAULT_TERMS: SaleTerms = {
  vatPercent: '5',
  deliveryCharge: null,
  freeDeliveryFrom: null,
  managerThreshold: '10000.00',
  discounts: {},
};

export interface Briefing {
  readonly assistantName: string;
  readonly companyName: string;
  readonly botEnabled: boolean;
  /** The owner wants chats without a quotation to be followed up (domain 17.7). Absent: not. */
  readonly quietFollowUps?: boolean;
  /** The approved referral policy, decimal per cent (domain 19); null or absent: a manager is asked. */
  readonly referral?: { readonly referrerPercent: string; readonly newcomerPercent: string } | null;
  /** Raw messages shown to the model (domain 3.11, contract 3.5). */
  readonly maxContextMessages: number;
  readonly sections: readonly PromptSection[];
  /** Absent in snapshots of before: {@link DEFAULT_TERMS}. */
  readonly terms?: SaleTerms;
  /** What earlier conversations with this customer were about, newest first. Absent in snapshots of before. */
  readonly earlier?: readonly { readonly day: string; readonly summary: string }[];
}

/** Domain 0.2: the assistant's public name and the company, until the first briefing brings the settings. */
export const DEFAULT_BRIEFING: Briefing = {
  assistantName: 'Noor',
  companyName: 'Treejar',
  botEnabled: true,
  maxContextMessages: 5,
  sections: [],
};

export interface BriefingArea {
  readonly briefing: Briefing;
}

export const INITIAL_BRIEFING: BriefingArea = { briefing: DEFAULT_BRIEFING };

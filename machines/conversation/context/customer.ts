/** Who the customer is: facts with their source (lesson F-05). */
import type { Attribution } from '../../attribution/touch.ts';

export type SlotName =
  | 'name'
  | 'company'
  | 'individual'
  | 'email'
  | 'position'
  | 'business'
  | 'address'
  | 'need'
  | 'budget';

export interface Slot {
  readonly value: string;
  /** Explicit beats inferred (lesson F-05): a profile name never replaces what the customer said. */
  readonly source: 'said' | 'crm' | 'profile';
  readonly at: number;
}

/** Domain 11.3: one recent status, never whole transcripts. */
export interface Purchases {
  readonly orders: number;
  /** Decimal string, AED. */
  readonly total: string;
  /** The newest deal, in the CRM's words. */
  readonly latest: { readonly name: string; readonly stage: string } | null;
}

export interface Customer {
  readonly kind: 'unknown' | 'new' | 'returning' | 'unavailable';
  readonly crmContactId: string | null;
  readonly segment: string | null;
  /** Earlier purchases as the CRM knows them. Absent in snapshots of before. */
  readonly purchases?: Purchases | null;
  /** A friend's code that this customer used, and what it takes off, per cent (domain 19.1). */
  readonly referral?: { readonly code: string; readonly percent: string };
  /** Slots changed since the CRM last knew them. */
  readonly dirty: boolean;
}

/** Domain 11.7: the first touch is kept for ever, the latest one is replaced by the next. */
export interface Origin {
  readonly first: Attribution;
  readonly latest: Attribution;
}

export interface CustomerArea {
  readonly customer: Customer;
  /** Where the customer came from. Absent: no message said it. */
  readonly origin?: Origin;
  readonly slots: Readonly<Partial<Record<SlotName, Slot>>>;
}

export const INITIAL_CUSTOMER: CustomerArea = {
  customer: { kind: 'unknown', crmContactId: null, segment: null, dirty: false },
  slots: {},
};

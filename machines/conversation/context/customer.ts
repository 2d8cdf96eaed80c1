/** Who the customer is: facts with their source (lesson F-05). */

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

export interface Customer {
  readonly kind: 'unknown' | 'new' | 'returning' | 'unavailable';
  readonly crmContactId: string | null;
  readonly segment: string | null;
  /** Slots changed since the CRM last knew them. */
  readonly dirty: boolean;
}

export interface CustomerArea {
  readonly customer: Customer;
  readonly slots: Readonly<Partial<Record<SlotName, Slot>>>;
}

export const INITIAL_CUSTOMER: CustomerArea = {
  customer: { kind: 'unknown', crmContactId: null, segment: null, dirty: false },
  slots: {},
};

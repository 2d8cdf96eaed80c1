/** Events of outreach and of what follows a sale: from the hourly run, and between regions. */

interface At {
  readonly at?: number;
}

/** The hourly run asks to consider a reminder or a word after long silence; the statechart decides (domain 17.8, 18.1). */
export interface OutreachErrand extends At {
  readonly type: 'outreach.errand';
  readonly errand: 'payment' | 'reactivation';
  /** Days of silence that a reactivation is about: 30 or 90; 1 otherwise. */
  readonly step: number;
  /** Only customers of these CRM segments are meant. Absent: all. */
  readonly segments?: readonly string[];
}

/** The hourly run asks to look how an accepted order stands (domain 18.4). */
export interface OrderCheck extends At {
  readonly type: 'order.check';
}

/** From outside. */
export type OutreachEvent = OutreachErrand | OrderCheck;

/** Raised between regions. */
export type OutreachInternalEvent =
  /** The tool `opt_out`: the customer said it at length. */
  | { readonly type: 'customer.optedOut' }
  | { readonly type: 'contact.agreed'; readonly when: number; readonly about: string }
  /** The tool `record_feedback` has changed the answers. */
  | { readonly type: 'feedback.answered' };

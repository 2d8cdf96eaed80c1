/** What we want to write first, why not, and what became of it. */
import type { BlockReason, Touch, TouchKind } from '../../outreach/touch.ts';

/** A row of follow-ups, counted from one moment (domain 17.1). */
export interface Chain {
  readonly kind: Extract<TouchKind, 'follow_up' | 'quiet'>;
  /** Names the chain for ever: a step of it is sent once (domain 17.10). */
  readonly schedule: string;
  /** Of the quotation; null: a chat without one. */
  readonly number: string | null;
  /** The delays count from here, ms since the epoch; a pause moves it. */
  readonly startedAt: number;
  /** Steps that are over: sent, blocked or missed. */
  readonly done: number;
}

/** What became of the last touch, for the timeline and the list. */
export interface TouchOutcome {
  readonly kind: TouchKind;
  readonly step: number;
  readonly outcome: 'sent' | 'waiting' | 'blocked' | 'missed' | 'failed';
  readonly reason: BlockReason | null;
  readonly at: number;
}

export interface OutreachFacts {
  readonly chain: Chain | null;
  /** The gate asked to come again then, ms since the epoch. */
  readonly waitUntil: number | null;
  /** An automatic answer asked for rest (domain 17.5). */
  readonly pause: { readonly from: number; readonly until: number } | null;
  /** The customer named a time (domain 5.15). */
  readonly agreed: { readonly at: number; readonly about: string; readonly number: number } | null;
  /** Agreements so far: each is a schedule of its own. */
  readonly agreements: number;
  /** What the hourly run asks for: a reminder, a word after long silence. */
  readonly errand: Touch | null;
  /** The customer wants no messages: we never write first again (domain 20.1). */
  readonly optedOutAt: number | null;
  /** Why the last chain ended. */
  readonly stopped: string | null;
  /** Our id of the last touch's message. */
  readonly sentId: string | null;
  readonly last: TouchOutcome | null;
}

export interface OutreachArea {
  readonly outreach: OutreachFacts;
}

export const INITIAL_OUTREACH: OutreachArea = {
  outreach: {
    chain: null,
    waitUntil: null,
    pause: null,
    agreed: null,
    agreements: 0,
    errand: null,
    optedOutAt: null,
    stopped: null,
    sentId: null,
    last: null,
  },
};

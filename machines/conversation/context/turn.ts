/** The turn in progress, and what the model has cost so far. */
import type { OutboundFile } from '../outbound-file.ts';
import { type Evidence, NO_EVIDENCE } from './evidence.ts';

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON as the model wrote it; may be anything. */
  readonly arguments: string;
}

/** A message of this turn's exchange with the model. */
export type ModelStep =
  | { readonly role: 'assistant'; readonly content: string | null; readonly toolCalls: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly toolCallId: string; readonly content: string }
  | { readonly role: 'repair'; readonly content: string };

/** A call whose arguments are sound. */
export interface ParsedCall {
  readonly id: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

export interface RefusedCall {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
}

export interface Verdict {
  readonly ok: boolean;
  /** What is wrong with the reply, for the repair and for the timeline. */
  readonly problems: readonly string[];
}

export interface Turn {
  readonly number: number;
  readonly startedAt: number;
  /** First message of the burst that is being gathered. */
  readonly burstStartedAt: number;
  readonly modelCalls: number;
  readonly toolCalls: number;
  readonly searches: number;
  readonly repairs: number;
  /** The holding line went out: once a turn (contract 2, `REPLY_DEADLINE_MS`). */
  readonly held: boolean;
  readonly steps: readonly ModelStep[];
  readonly evidence: Evidence;
  /** The look-up for this burst: about which words, and whether it has ended. Absent before it is asked for. */
  readonly lookUp?: { readonly text: string; readonly ended: boolean };
  /** What the model asked for, checked: what may be run and what is refused. */
  readonly proposed: {
    readonly calls: readonly ParsedCall[];
    readonly refused: readonly RefusedCall[];
  } | null;
  /** An escalation that the last tools asked for. */
  readonly handOver: { readonly trigger: number; readonly summary: string } | null;
  /** Articles whose photos were asked for, and the photos that are still to be sent. Absent: none. */
  readonly photos?: readonly string[];
  readonly toShow?: readonly OutboundFile[];
  /** Our id of the reply, once it is queued. */
  readonly replyId: string | null;
  /** The text on its way through checking and speaking. */
  readonly reply: string | null;
  readonly verdict: Verdict | null;
  /** The model found no words at all. */
  readonly silent?: true;
}

export const IDLE_TURN: Turn = {
  number: 0,
  startedAt: 0,
  burstStartedAt: 0,
  modelCalls: 0,
  toolCalls: 0,
  searches: 0,
  repairs: 0,
  held: false,
  steps: [],
  proposed: null,
  handOver: null,
  replyId: null,
  evidence: NO_EVIDENCE,
  reply: null,
  verdict: null,
};

export interface Usage {
  readonly calls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Decimal string, USD. */
  readonly usd: string;
}

export interface TurnArea {
  readonly turn: Turn;
  readonly usage: Usage;
}

export const INITIAL_TURN: TurnArea = {
  turn: IDLE_TURN,
  usage: { calls: 0, promptTokens: 0, completionTokens: 0, usd: '0' },
};

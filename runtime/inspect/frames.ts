/** Frames of `@statelyai/inspect` (wire/10 §2), from what the journal holds, redacted. Pure. */
import { redact } from './redact.ts';

/** Of the package whose viewer reads these. */
const PROTOCOL = '0.7.2';

export interface Moment {
  /** Of the actor, in this viewer's words: never its id, which is a telephone number. */
  readonly sessionId: string;
  /** Ms since the epoch. */
  readonly at: number;
}

export interface Stand {
  readonly value: unknown;
  readonly context: unknown;
}

const common = ({ sessionId, at }: Moment) => ({
  sessionId,
  rootId: sessionId,
  id: null,
  createdAt: String(at),
  _version: PROTOCOL,
});

const snapshotOf = ({ value, context }: Stand) => ({
  status: 'active',
  value,
  context: redact(context),
  historyValue: {},
  tags: [],
  children: {},
});

export const actorFrame = (moment: Moment, name: string, definition: string, stand: Stand): object => ({
  type: '@xstate.actor',
  ...common(moment),
  name,
  definition,
  snapshot: snapshotOf(stand),
});

const eventOf = (event: { readonly type: string }) => ({
  ...(redact(event) as object),
  type: event.type,
});

/** The event of a step, and where it led. */
export const stepFrames = (
  moment: Moment,
  event: { readonly type: string },
  stand: Stand,
): readonly object[] => [
  { type: '@xstate.event', ...common(moment), event: eventOf(event) },
  { type: '@xstate.snapshot', ...common(moment), event: eventOf(event), snapshot: snapshotOf(stand) },
];

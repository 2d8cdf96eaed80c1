/**
 * The work that every engine in this folder does for one message: step a statechart of nine states, keep a snapshot of
 * about 2.9 KB (1.4 KB compressed), and queue one command. `verify` says whether it was done exactly once, in order.
 */
import { Effect } from 'effect';
import { assign, setup } from 'xstate';
import type { ActorKind, MailboxEvent } from '../runtime/engine/types.ts';

export interface Message {
  readonly actorId: string;
  readonly id: string;
  /** 1, 2, 3 … within its actor. */
  readonly n: number;
  readonly text: string;
}

export interface WorkContext {
  /** How many messages it has taken. */
  readonly count: number;
  /** 1 when a message came out of turn. */
  readonly outOfOrder: number;
  readonly lines: readonly string[];
  readonly slots: Readonly<Record<string, string>>;
}

interface Spoken {
  readonly type: 'MESSAGE';
  readonly n: number;
  readonly text: string;
}

const STATES = 9;
const LINES_KEPT = 10;
const WORDS =
  'walnut desk chair lamp delivery price quote colour height office meeting table order stock warranty fabric leather sofa cabinet drawer shelf invoice discount sample'.split(
    ' ',
  );

/** About 230 characters that compress as prose does; the same for the same seed. */
export const textOf = (seed: number): string => {
  let state = (seed * 2654435761) >>> 0;
  const words: string[] = [];
  for (let i = 0; i < 36; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    words.push(`${WORDS[state % WORDS.length]}${i % 4 === 0 ? state % 1000 : ''}`);
  }
  return words.join(' ');
};

const slots = Object.fromEntries(
  ['name', 'company', 'email', 'city', 'need', 'budget'].map((slot, i) => [slot, textOf(i).slice(0, 60)]),
);

const stateOf = (i: number) => ({
  on: {
    MESSAGE: {
      target: `s${(i + 1) % STATES}`,
      guard: 'isText' as const,
      actions: [
        'note' as const,
        {
          type: 'reply' as const,
          params: ({ event }: { event: Spoken }) => ({ to: event.n, text: event.text }),
        },
      ],
    },
  },
});

/** A ring of nine states; each message moves one on, notes its text and queues a `reply`. */
export const workMachine = setup({
  types: { context: {} as WorkContext, events: {} as Spoken },
  guards: { isText: ({ event }) => event.text !== '' },
  actions: {
    note: assign(({ context, event }) => ({
      count: context.count + 1,
      outOfOrder: event.n === context.count + 1 ? context.outOfOrder : 1,
      lines: [...context.lines.slice(1 - LINES_KEPT), event.text],
      slots: context.slots,
    })),
    reply: (_, _params: { readonly to: number; readonly text: string }) => {},
  },
}).createMachine({
  id: 'work',
  context: { count: 0, outOfOrder: 0, lines: Array.from({ length: LINES_KEPT }, (_, i) => textOf(i)), slots },
  initial: 's0',
  states: Object.fromEntries(Array.from({ length: STATES }, (_, i) => [`s${i}`, stateOf(i)])),
});

export const workKind = (over: Partial<ActorKind> = {}): ActorKind => ({
  kind: 'work',
  machine: workMachine,
  version: '1',
  inputFor: () => undefined,
  commands: {
    reply: {
      run: () => Effect.void,
      timeoutMs: 5000,
      retry: { maxAttempts: 3, baseMs: 100, capMs: 1000 },
      vendor: 'work',
    },
  },
  projections: [],
  ...over,
});

/** Message `i` of a flood over `actors` conversations, round robin. */
export const messageOf = (i: number, actors: number, prefix = 'c'): Message => ({
  actorId: `${prefix}${i % actors}`,
  id: `${prefix}-m${i}`,
  n: Math.floor(i / actors) + 1,
  text: textOf(i),
});

export const eventOf = ({ actorId, id, n, text }: Message): MailboxEvent => ({
  actorId,
  kind: 'work',
  eventId: id,
  cause: 'customer',
  sentAt: n,
  body: { type: 'MESSAGE', n, text },
});

/** Sample machines for the engine's tests: small enough to see at a glance what should happen. */
import { Effect } from 'effect';
import { assign, fromPromise, setup } from 'xstate';
import type { ActorKind, CommandHandler, MailboxEvent } from '../types.ts';

interface AddEvent {
  readonly type: 'ADD';
  readonly n: number;
}

/** Keeps what it was sent, in order; `POISON` throws. */
export const counterMachine = setup({
  types: {
    context: {} as { readonly seen: readonly number[]; readonly name: string },
    events: {} as AddEvent | { readonly type: 'POISON' } | { readonly type: 'CLEAR' },
    input: {} as { readonly name: string },
  },
  guards: { isPositive: ({ event }) => event.type === 'ADD' && event.n > 0 },
}).createMachine({
  id: 'counter',
  context: ({ input }) => ({ seen: [], name: input.name }),
  initial: 'counting',
  states: {
    counting: {
      on: {
        ADD: {
          guard: 'isPositive',
          actions: assign({
            seen: ({ context, event }) => [...context.seen, event.n],
          }),
        },
        CLEAR: { actions: assign({ seen: () => [] }) },
        POISON: {
          actions: assign(() => {
            throw new Error('the machine choked');
          }),
        },
      },
    },
  },
});

export const counterKind = (over: Partial<ActorKind> = {}): ActorKind => ({
  kind: 'counter',
  machine: counterMachine,
  version: '1',
  inputFor: (actorId) => ({ name: actorId }),
  commands: {},
  projections: [],
  ...over,
});

/** An `ADD` event; its id is its number, so that sending it twice is a duplicate. */
export const add = (actorId: string, n: number, over: Partial<MailboxEvent> = {}): MailboxEvent => ({
  actorId,
  kind: 'counter',
  eventId: `add-${n}`,
  cause: 'customer',
  sentAt: n,
  body: { type: 'ADD', n },
  ...over,
});

/** Works through an order: fetches a price (may be stopped), reports it, times out after `patience`. */
export const shopMachine = setup({
  types: {
    context: {} as {
      readonly price: number | null;
      readonly failure: string | null;
      readonly asked: number;
    },
    events: {} as { readonly type: 'ASK' } | { readonly type: 'STOP' } | { readonly type: 'IDLE' },
    emitted: {} as { readonly type: 'priced'; readonly price: number },
  },
  actors: {
    fetchPrice: fromPromise<number, { readonly asked: number }>(() => Promise.reject(new Error('hosted'))),
  },
  actions: { report: (_, _params: { readonly price: number }) => {} },
  delays: { patience: 60_000 },
}).createMachine({
  id: 'shop',
  context: { price: null, failure: null, asked: 0 },
  initial: 'idle',
  states: {
    idle: {
      on: { ASK: { target: 'asking', actions: assign({ asked: ({ context }) => context.asked + 1 }) } },
    },
    asking: {
      invoke: {
        id: 'price',
        src: 'fetchPrice',
        input: ({ context }) => ({ asked: context.asked }),
        onDone: {
          target: 'priced',
          actions: assign({ price: ({ event }) => event.output }),
        },
        onError: {
          target: 'failed',
          actions: assign({ failure: ({ event }) => (event.error as { _tag: string })._tag }),
        },
      },
      after: { patience: 'late' },
      on: {
        STOP: 'idle',
        ASK: {
          target: 'asking',
          reenter: true,
          actions: assign({ asked: ({ context }) => context.asked + 1 }),
        },
      },
    },
    priced: {
      entry: { type: 'report', params: ({ context }) => ({ price: context.price ?? 0 }) },
      on: { ASK: 'asking' },
    },
    failed: { on: { ASK: 'asking' } },
    late: { on: { ASK: 'asking' } },
  },
});

export const handler = (
  run: CommandHandler['run'],
  over: Partial<Omit<CommandHandler, 'run'>> = {},
): CommandHandler => ({
  run,
  timeoutMs: 5000,
  retry: { maxAttempts: 3, baseMs: 5, capMs: 20 },
  vendor: 'sample',
  ...over,
});

export const shopKind = (commands: ActorKind['commands'] = {}): ActorKind => ({
  kind: 'shop',
  machine: shopMachine,
  version: '1',
  inputFor: () => undefined,
  commands: {
    fetchPrice: handler(() => Effect.succeed(100)),
    report: handler(() => Effect.void),
    ...commands,
  },
  projections: [],
});

/** An event for a shop. */
export const shopEvent = (actorId: string, type: string, eventId: string): MailboxEvent => ({
  actorId,
  kind: 'shop',
  eventId,
  cause: 'customer',
  sentAt: 0,
  body: { type },
});

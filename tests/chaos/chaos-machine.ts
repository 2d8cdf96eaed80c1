/** A machine that has a part in every guarantee: it counts, runs commands that may be overtaken, and sets timers. */
import { assign, fromPromise, setup } from 'xstate';
import type { ActorKind, CommandHandler } from '../../runtime/engine/types.ts';

interface Context {
  readonly added: number;
  readonly done: number;
  readonly failed: number;
  readonly late: number;
  readonly rings: number;
}

export const chaosMachine = setup({
  types: {
    context: {} as Context,
    events: {} as { readonly type: 'ADD' } | { readonly type: 'WORK' } | { readonly type: 'RING' },
  },
  actors: { job: fromPromise<string, { readonly round: number }>(() => Promise.reject(new Error('hosted'))) },
  actions: { note: (_, _params: { readonly rings: number }) => {} },
  delays: { patience: 1500, soon: 200 },
}).createMachine({
  id: 'chaos',
  context: { added: 0, done: 0, failed: 0, late: 0, rings: 0 },
  type: 'parallel',
  states: {
    tally: { on: { ADD: { actions: assign({ added: ({ context }) => context.added + 1 }) } } },
    work: {
      initial: 'idle',
      states: {
        idle: { on: { WORK: 'busy' } },
        busy: {
          invoke: {
            id: 'job',
            src: 'job',
            input: ({ context }) => ({ round: context.done }),
            onDone: { target: 'idle', actions: assign({ done: ({ context }) => context.done + 1 }) },
            onError: { target: 'idle', actions: assign({ failed: ({ context }) => context.failed + 1 }) },
          },
          after: {
            patience: { target: 'idle', actions: assign({ late: ({ context }) => context.late + 1 }) },
          },
          // A newer wish replaces the older one.
          on: { WORK: { target: 'busy', reenter: true } },
        },
      },
    },
    bell: {
      initial: 'quiet',
      states: {
        quiet: { on: { RING: 'ringing' } },
        ringing: {
          after: {
            soon: {
              target: 'quiet',
              actions: [
                assign({ rings: ({ context }) => context.rings + 1 }),
                { type: 'note', params: ({ context }) => ({ rings: context.rings }) },
              ],
            },
          },
        },
      },
    },
  },
});

export const chaosKind = (run: CommandHandler['run']): ActorKind => {
  // Enough attempts for a database that is away for seconds, again and again.
  const handler = {
    run,
    timeoutMs: 5000,
    retry: { maxAttempts: 500, baseMs: 20, capMs: 200 },
    vendor: 'chaos',
  };
  return {
    kind: 'chaos',
    machine: chaosMachine,
    version: '1',
    inputFor: () => undefined,
    commands: { job: handler, note: handler },
    projections: [],
  };
};

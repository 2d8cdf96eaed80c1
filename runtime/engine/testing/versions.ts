/** A small machine in several versions, each of which XState 5.33.3 would take for the first without a word. */
import { Effect, Schema } from 'effect';
import { type AnyStateMachine, fromPromise, setup } from 'xstate';
import type { ActorKind } from '../types.ts';
import { handler } from './counter.ts';

/** What the versions differ in; the defaults are version 1. */
export interface Shape {
  readonly id?: string;
  /** The name of the state that runs the job. */
  readonly working?: string;
  readonly src?: string;
  readonly childId?: string;
  readonly delay?: string;
  /** `working` runs no job and waits for the delay only. */
  readonly idle?: boolean;
  /** `new` gets a timer and a job of its own. */
  readonly gains?: boolean;
  /** `working` is made of steps. */
  readonly steps?: boolean;
  /** The name of the second step of `parts`, which the history may lead back to. */
  readonly second?: string;
  readonly context?: object;
}

const never = fromPromise(() => Promise.reject(new Error('hosted')));

/** `new` → START → `working` (job, patience) → `done` or `late`; `parts` with a history, left by PAUSE. */
export const taskMachine = (shape: Shape = {}): AnyStateMachine => {
  const { id = 'task', working = 'working', src = 'job', childId = 'job', delay = 'patience' } = shape;
  const { second = 'two' } = shape;
  const invoke = { id: childId, src: src as 'job', onDone: 'done', onError: 'late' };
  return setup({
    types: { context: {} as Readonly<Record<string, unknown>>, events: {} as { readonly type: string } },
    actors: { [src]: never } as { job: typeof never },
    delays: { [delay]: 60_000 },
  }).createMachine({
    id,
    context: (shape.context ?? { tries: 0 }) as Readonly<Record<string, unknown>>,
    initial: 'new',
    states: {
      new: {
        on: { START: working, PARTS: 'parts' },
        ...(shape.gains ? { after: { [delay]: 'late' }, invoke } : {}),
      },
      [working]: {
        ...(shape.idle ? {} : { invoke }),
        after: { [delay]: 'late' },
        ...(shape.steps ? { initial: 'one', states: { one: {} } } : {}),
      },
      parts: {
        initial: 'one',
        states: { one: { on: { NEXT: second } }, [second]: {}, back: { type: 'history' } },
        on: { PAUSE: 'paused' },
      },
      paused: { on: { RESUME: 'parts.back' } },
      done: {},
      late: {},
    },
  } as never) as unknown as AnyStateMachine;
};

export const TASK_CONTEXT = Schema.Struct({ tries: Schema.Number });

export const taskKind = (version: string, shape: Shape = {}, over: Partial<ActorKind> = {}): ActorKind => ({
  kind: 'task',
  machine: taskMachine(shape),
  version,
  inputFor: () => undefined,
  commands: { [shape.src ?? 'job']: handler(() => Effect.never) },
  projections: [],
  ...over,
});

export const taskEvent = (actorId: string, type: string, eventId = type) => ({
  actorId,
  kind: 'task',
  eventId,
  cause: 'customer' as const,
  sentAt: 0,
  body: { type },
});

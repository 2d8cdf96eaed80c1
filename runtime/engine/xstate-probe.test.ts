/**
 * What the engine relies on in XState 5.33.3 (anchors/engines.md 0.1). An upgrade that changes one of these fails here
 * first, in a file that says why it matters.
 */
import { describe, expect, it } from 'vitest';
import {
  type AnyStateMachine,
  assign,
  createActor,
  fromPromise,
  initialTransition,
  raise,
  sendTo,
  setup,
  transition,
} from 'xstate';
import { decodeActor, encodeActor } from './envelope.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { persistedSnapshot } from './persisted-snapshot.ts';
import { makeStepper } from './step.ts';
import { counterMachine, shopMachine } from './testing/counter.ts';

const bare = { guardsPerStep: 64, microsteps: 1000 };
const never = fromPromise(() => Promise.reject(new Error('hosted')));

/** Types and parameters of raw actions, live references replaced by their ids. */
const comparable = (actions: readonly { readonly type: string; readonly params?: unknown }[]): unknown =>
  actions.map(({ type, params }) => [
    type,
    JSON.stringify(params, (key, value: unknown) =>
      (key === 'actorRef' || key === '') &&
      typeof value === 'object' &&
      value !== null &&
      'sessionId' in value
        ? (value as unknown as { id: string }).id
        : value,
    ),
  ]);

describe('machine.transition with a shared scope', () => {
  const walks: readonly [AnyStateMachine, unknown, readonly { type: string; [key: string]: unknown }[]][] = [
    [
      counterMachine,
      { name: 'x' },
      [{ type: 'ADD', n: 1 }, { type: 'ADD', n: -1 }, { type: 'CLEAR' }, { type: 'NONE' }],
    ],
    [
      shopMachine,
      undefined,
      [
        { type: 'ASK' },
        { type: 'ASK' },
        { type: 'xstate.done.actor.price', output: 5 },
        { type: 'ASK' },
        { type: 'xstate.error.actor.price', error: { _tag: 'Gone' } },
        { type: 'ASK' },
        { type: 'xstate.after.patience.shop.asking' },
      ],
    ],
  ];

  it('gives the snapshots and actions of the public functions', () => {
    for (const [machine, input, events] of walks) {
      const stepper = makeStepper(machine, bare);
      const raw: { type: string; params?: unknown }[] = [];
      const scope = { ...stepper.scope, actionExecutor: (action: { type: string }) => void raw.push(action) };
      let ours = machine.getInitialSnapshot(scope, input as never);
      let [theirs, actions] = initialTransition(machine, input as never);
      expect(comparable(raw.splice(0))).toEqual(comparable(actions));
      for (const event of events) {
        ours = machine.transition(ours, event, scope);
        [theirs, actions] = transition(machine, theirs, event);
        expect(comparable(raw.splice(0))).toEqual(comparable(actions));
        expect(JSON.stringify(ours)).toBe(JSON.stringify(theirs));
      }
    }
  });

  it('gives back the same snapshot object for an event that no state accepts', () => {
    const { begin, step } = makeStepper(counterMachine, bare);
    const { snapshot } = begin({ name: 'x' });
    expect(step(snapshot, { type: 'NONE' })).toMatchObject({ snapshot, actions: [] });
    expect(step(snapshot, { type: 'NONE' }).snapshot).toBe(snapshot);
  });

  it('puts the machine in error when nobody handles the error of a child: the engine parks that event', () => {
    const machine = setup({ actors: { job: never } }).createMachine({ invoke: { id: 'job', src: 'job' } });
    const { begin, step } = makeStepper(machine, bare);
    const failed = step(begin(undefined).snapshot, { type: 'xstate.error.actor.job', error: new Error('x') });
    expect(failed.snapshot.status).toBe('error');
  });

  it('still takes events when the machine is done: the engine has to refuse them itself', () => {
    const machine = setup({}).createMachine({
      context: { late: 0 },
      initial: 'a',
      on: { LATE: { actions: assign({ late: 1 }) } },
      states: { a: { on: { END: 'z' } }, z: { type: 'final' } },
    });
    const { begin, step } = makeStepper(machine, bare);
    const done = step(begin(undefined).snapshot, { type: 'END' });
    expect(done.snapshot.status).toBe('done');
    expect(step(done.snapshot, { type: 'LATE' }).snapshot).not.toBe(done.snapshot);
  });
});

describe('actions as data', () => {
  it('an after is a raise with delay and id, and leaving its state a cancel of that id', () => {
    const { begin, step } = makeStepper(shopMachine, bare);
    const asked = step(begin(undefined).snapshot, { type: 'ASK' });
    const armed = asked.actions.find((action) => action.op === 'arm');
    expect(armed).toMatchObject({ timerId: 'xstate.after.patience.shop.asking', delayMs: 60_000 });
    const left = step(asked.snapshot, { type: 'STOP' });
    expect(left.actions).toContainEqual({ op: 'disarm', timerId: 'xstate.after.patience.shop.asking' });
    expect(left.actions).toContainEqual({ op: 'stop', childId: 'price', src: 'fetchPrice' });
  });

  it('re-entering a state stops the child before it spawns the new one', () => {
    const { begin, step } = makeStepper(shopMachine, bare);
    const asked = step(begin(undefined).snapshot, { type: 'ASK' });
    const ops = step(asked.snapshot, { type: 'ASK' }).actions.map((action) => action.op);
    expect(ops.indexOf('stop')).toBeLessThan(ops.indexOf('spawn'));
    expect(ops.indexOf('disarm')).toBeLessThan(ops.indexOf('arm'));
  });

  it('sendTo itself, delayed raises and emits come out; sendTo a child and spawn in assign are refused', () => {
    const machine = setup({
      actors: { job: never },
      types: { emitted: {} as { type: 'noted' }, context: {} as { child?: unknown } },
    }).createMachine({
      context: {},
      invoke: { id: 'job', src: 'job' },
      on: {
        SELF: { actions: sendTo(({ self }) => self, { type: 'PING' }, { delay: 10, id: 'p' }) },
        SOON: { actions: sendTo(({ self }) => self, { type: 'PING' }) },
        LATER: { actions: raise({ type: 'PING' }, { delay: 5 }) },
        CHILD: { actions: sendTo('job', { type: 'PING' }) },
        HIDDEN: { actions: assign({ child: ({ spawn }) => spawn('job', { id: 'other' }) }) },
      },
    });
    const { begin, step } = makeStepper(machine, bare);
    const { snapshot } = begin(undefined);
    const ping = { type: 'PING' };
    expect(step(snapshot, { type: 'SELF' }).actions).toEqual([
      { op: 'arm', timerId: 'p', event: ping, delayMs: 10 },
    ]);
    expect(step(snapshot, { type: 'SOON' }).actions).toEqual([
      { op: 'arm', timerId: null, event: ping, delayMs: 0 },
    ]);
    expect(step(snapshot, { type: 'LATER' }).actions).toEqual([
      { op: 'arm', timerId: null, event: ping, delayMs: 5 },
    ]);
    expect(() => step(snapshot, { type: 'CHILD' })).toThrow(/children are commands/);
    expect(() => step(snapshot, { type: 'HIDDEN' })).toThrow(/spawned inside assign/);
  });

  it('a cycle of always transitions ends at the limit instead of hanging', () => {
    const machine = setup({}).createMachine({
      initial: 'calm',
      states: { calm: { on: { GO: 'a' } }, a: { always: 'b' }, b: { always: 'a' } },
    });
    const { begin, step } = makeStepper(machine, { ...bare, microsteps: 50 });
    expect(() => step(begin(undefined).snapshot, { type: 'GO' })).toThrow(/Infinite loop/);
  });
});

describe('restoring', () => {
  const asked = () => {
    const stepper = makeStepper(shopMachine, bare);
    return { stepper, ...stepper.step(stepper.begin(undefined).snapshot, { type: 'ASK' }) };
  };

  it('keeps children through JSON, so that leaving their state still stops them', () => {
    const { stepper, snapshot } = asked();
    const text = encodeActor({ snapshot, bindings: { price: 'c1' }, timers: {} }, '1');
    expect(JSON.parse(text).snapshot.children).toEqual({ price: { src: 'fetchPrice' } });
    const back = decodeActor(stepper, text);
    expect(back.bindings).toEqual({ price: 'c1' });
    expect(stepper.step(back.snapshot, { type: 'STOP' }).actions).toContainEqual({
      op: 'stop',
      childId: 'price',
      src: 'fetchPrice',
    });
  });

  it('persists what XState would, children as their source', () => {
    const { stepper, snapshot } = asked();
    const history = setup({}).createMachine({
      initial: 'work',
      states: {
        work: { initial: 'one', states: { one: {}, back: { type: 'history' } }, on: { PAUSE: 'paused' } },
        paused: { type: 'final', output: { sum: 1 } },
      },
      output: { sum: 1 },
    });
    const other = makeStepper(history, bare);
    const ended = other.step(other.begin(undefined).snapshot, { type: 'PAUSE' }).snapshot;
    for (const [machine, live] of [
      [stepper.machine, snapshot],
      [other.machine, ended],
    ] as const) {
      const theirs = machine.getPersistedSnapshot(live) as unknown as {
        children: Record<string, { src: string }>;
      };
      const children = Object.entries(theirs.children).map(([id, { src }]) => [id, { src }]);
      const expected = { ...theirs, children: Object.fromEntries(children) };
      expect(JSON.parse(JSON.stringify(persistedSnapshot(live)))).toEqual(
        JSON.parse(JSON.stringify(expected)),
      );
    }
  });

  it('loses an after timer in a live actor: timers must be the host’s', async () => {
    const machine = setup({}).createMachine({
      initial: 'a',
      states: { a: { after: { 1: 'b' } }, b: {} },
    });
    const [snapshot] = initialTransition(machine);
    const actor = createActor(machine, {
      snapshot: JSON.parse(JSON.stringify(machine.getPersistedSnapshot(snapshot))),
    });
    actor.start();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(actor.getSnapshot().value).toBe('a');
    actor.stop();
  });

  it('drops a child whose source was renamed without a word; the engine refuses such a snapshot', () => {
    const { stepper, snapshot } = asked();
    const text = encodeActor({ snapshot, bindings: {}, timers: {} }, '1').replace(
      '"fetchPrice"',
      '"fetchCost"',
    );
    const quiet = stepper.machine.restoreSnapshot(JSON.parse(text).snapshot, stepper.scope);
    expect(Object.keys(quiet.children)).toEqual([]);
    expect(() => decodeActor(stepper, text)).toThrow(/fetchCost/);
  });

  it('refuses a state that is gone', () => {
    const { stepper, snapshot } = asked();
    const text = encodeActor({ snapshot, bindings: {}, timers: {} }, '1').replace('"asking"', '"pondering"');
    expect(() => decodeActor(stepper, text)).toThrow(/pondering/);
  });

  it('keeps history', () => {
    const machine = setup({}).createMachine({
      initial: 'work',
      states: {
        work: {
          initial: 'one',
          states: { one: { on: { NEXT: 'two' } }, two: {}, back: { type: 'history' } },
          on: { PAUSE: 'paused' },
        },
        paused: { on: { RESUME: 'work.back' } },
      },
    });
    const stepper = makeStepper(machine, DEFAULT_LIMITS);
    const paused = ['NEXT', 'PAUSE'].reduce(
      (snapshot, type) => stepper.step(snapshot, { type }).snapshot,
      stepper.begin(undefined).snapshot,
    );
    const back = decodeActor(stepper, encodeActor({ snapshot: paused, bindings: {}, timers: {} }, '1'));
    expect(stepper.step(back.snapshot, { type: 'RESUME' }).snapshot.value).toEqual({ work: 'two' });
  });
});

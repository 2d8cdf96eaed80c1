import { describe, expect, it } from 'vitest';
import { and, assign, fromPromise, not, setup } from 'xstate';
import { recordGuards } from './guard-recorder.ts';
import { checkKinds } from './kind-check.ts';
import { makeStepper } from './step.ts';
import { counterKind, shopKind } from './testing/counter.ts';

const job = fromPromise(() => Promise.resolve(1));

describe('a machine that cannot be hosted', () => {
  it('is refused with all its faults at once', () => {
    const machine = setup({
      actors: { known: job },
      actions: { tell: () => {}, keep: assign({}) },
    }).createMachine({
      invoke: [{ src: 'known' }, { src: 'known', systemId: 'sys' }, { src: job }] as never,
      entry: ['tell', 'keep'],
      exit: () => {},
      initial: 'a',
      states: { a: { on: { GO: { actions: 'tell' } } } },
    });
    const check = () => checkKinds([counterKind({ machine }), counterKind({ version: '' })]);
    expect(check).toThrow(/invoke known has no command handler/);
    expect(check).toThrow(/has a systemId/);
    expect(check).toThrow(/has an inline source/);
    expect(check).toThrow(/action tell has no command handler/);
    expect(check).toThrow(/is a function; name it/);
    expect(check).toThrow(/there are two of it/);
    expect(check).toThrow(/version must not be empty/);
    expect(check).not.toThrow(/keep/);
  });

  it('is not the sample shop', () => {
    expect(() => checkKinds([shopKind(), counterKind()])).not.toThrow();
  });
});

describe('the guard recorder', () => {
  const machine = setup({
    types: { events: {} as { type: 'GO'; n: number } | { type: 'PLAIN' } },
    guards: {
      above: ({ event }, { min }: { min: number }) => event.type === 'GO' && event.n > min,
      never: () => false,
      both: and([{ type: 'above', params: { min: 1 } }, not('never')] as never),
    },
  }).createMachine({
    initial: 'a',
    states: {
      a: {
        on: {
          GO: [
            { guard: { type: 'above', params: { min: 10 } }, target: 'b' },
            { guard: 'both', target: 'b' },
          ],
        },
      },
      b: { always: { guard: 'never', target: 'a' } },
    },
  });

  it('names each guard tried, with parameters and result, and those inside a composite', () => {
    const { begin, step } = makeStepper(machine, { guardsPerStep: 64, microsteps: 100 });
    const { guards, snapshot } = step(begin(undefined).snapshot, { type: 'GO', n: 5 });
    expect(snapshot.value).toBe('b');
    expect(guards).toEqual([
      { guard: 'above', params: { min: 10 }, result: false },
      { guard: 'above', params: { min: 1 }, result: true },
      { guard: 'never', result: false },
      { guard: 'both', result: true },
      { guard: 'never', result: false },
    ]);
  });

  it('listens only during a step, and no longer than its limit', () => {
    const { begin, step } = makeStepper(machine, { guardsPerStep: 2, microsteps: 100 });
    expect(step(begin(undefined).snapshot, { type: 'GO', n: 5 }).guards).toHaveLength(2);
    const { during } = recordGuards(machine, 2);
    expect(during(() => 1)).toEqual({ value: 1, guards: [] });
  });
});

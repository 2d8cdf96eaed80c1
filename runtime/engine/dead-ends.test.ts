import { describe, expect, it } from 'vitest';
import { fromPromise, setup } from 'xstate';
import { deadEndsOf } from './dead-ends.ts';

const machine = setup({
  actors: { job: fromPromise(() => Promise.reject(new Error('hosted'))) },
  types: { meta: {} as { readonly rests?: string } },
}).createMachine({
  initial: 'asking',
  states: {
    asking: { on: { 'customer.says': 'stuck', 'customer.asks': 'timed' } },
    stuck: { on: { 'customer.says': { actions: [] } } },
    timed: { after: { 1000: 'working' } },
    working: { invoke: { src: 'job', onDone: 'helped' } },
    helped: { on: { 'manager.closes': 'closed', 'customer.says': 'asking' } },
    listed: { tags: ['waits-for-human'], on: { 'customer.says': 'asking' } },
    resting: { tags: ['rests'], on: { 'customer.says': 'asking' } },
    excused: { meta: { rests: 'a parcel that arrived needs nobody' }, on: { 'customer.says': 'asking' } },
    watched: {
      after: { 1000: 'closed' },
      initial: 'inner',
      states: { inner: { on: { 'customer.says': 'inner' } } },
    },
    closed: { type: 'final' },
  },
});

describe('dead ends', () => {
  it('are states that only people outside can leave, or nobody', () => {
    expect(deadEndsOf({ machine, outsideEvents: ['customer.*'] })).toEqual([
      { state: 'asking', hears: ['customer.says', 'customer.asks'] },
      { state: 'stuck', hears: [] },
    ]);
  });

  it('are more when every event counts as theirs', () => {
    expect(deadEndsOf({ machine }).map(({ state }) => state)).toEqual(['asking', 'stuck', 'helped']);
  });
});

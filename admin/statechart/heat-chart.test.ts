import { describe, expect, it } from 'vitest';
import type { ChartRegion } from '../api/types.ts';
import { arrowHeat, silentWays, stateHeat, waysInto } from './heat-chart.ts';

const box = (path: string, initial: string | null = null): ChartRegion['boxes'][number] => ({
  path,
  initial,
  x: 0,
  y: 0,
  width: 1,
  height: 1,
  importance: 0,
  compound: initial !== null,
  final: false,
  lines: [],
});
const arrow = (from: string, to: string, event: string): ChartRegion['arrows'][number] => ({
  from,
  to,
  points: [],
  label: null,
  moves: [{ event, guard: null, description: null, words: event }],
});
const region: ChartRegion = {
  path: 'o',
  label: 'o',
  description: null,
  width: 1,
  height: 1,
  boxes: [
    box('o', 'o.idle'),
    box('o.idle'),
    box('o.armed', 'o.armed.first'),
    box('o.armed.first'),
    box('o.over'),
  ],
  arrows: [
    arrow('o.idle', 'o.armed', 'quote.sent'),
    arrow('o.armed', 'o.over', 'customer.message'),
    arrow('o.armed.first', 'o.over', 'xstate.after.followUp1.m.o.armed.first'),
  ],
};
const transitions = [
  { id: 1, from: 'o.idle', to: 'o.armed.first', event: 'quote.sent', times: 10 },
  { id: 2, from: 'o.armed.first', to: 'o.over', event: 'customer.message', times: 3 },
  { id: 3, from: 'o.armed.first', to: 'o.over', event: 'xstate.after.followUp1.m.o.armed.first', times: 6 },
  { id: 4, from: 'other', to: 'other.x', event: 'quote.sent', times: 99 },
];
const state = (path: string, now: number, stays: number, silent: number) => ({
  path,
  now,
  stays,
  silent,
  medianMs: 5,
});

describe('the heat of a picture', () => {
  it('gives each arrow how often it was taken, and its share of all that left', () => {
    const heat = arrowHeat(region, transitions);
    expect(heat.get(0)).toEqual({ times: 10, share: 1, transitions: [1] });
    expect(heat.get(1)).toMatchObject({ times: 3, transitions: [2] });
    expect(heat.get(1)?.share).toBeCloseTo(1 / 3);
    expect(heat.get(2)?.share).toBeCloseTo(2 / 3);
  });

  it('adds up what lies inside a state, and leaves medians to the leaves', () => {
    const states = [
      state('o.armed.first', 2, 9, 6),
      state('o.armed.second', 1, 1, 0),
      state('o.armedNot', 5, 5, 5),
    ];
    expect(stateHeat(states, 'o.armed')).toEqual({
      path: 'o.armed',
      now: 3,
      stays: 10,
      silent: 6,
      medianMs: null,
    });
    expect(stateHeat(states, 'o.armed.first').medianMs).toBe(5);
  });

  it('knows the transitions behind silence and behind a visit', () => {
    expect(silentWays(transitions, 'o.armed')).toEqual([3]);
    expect(waysInto(transitions, 'o.armed')).toEqual([1]);
    expect(waysInto(transitions, 'o.over')).toEqual([2, 3]);
  });
});

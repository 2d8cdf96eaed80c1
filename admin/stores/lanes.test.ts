import { describe, expect, it } from 'vitest';
import type { Journal } from '../api/types.ts';
import { laneOf, MAX_TIMER_TRACKS, timerBars } from './lanes.ts';
import { layoutRows } from './timeline.ts';

const row = (
  seq: number,
  timers: readonly (readonly [string, 'armed' | 'cancelled' | 'fired'])[],
): Journal => ({
  seq,
  at: '2026-11-22T08:00:00.000Z',
  cause: 'bot',
  event: { type: 'x', data: {} },
  title: `row ${seq}`,
  importance: 1,
  from: [],
  to: [],
  guards: [],
  contextDiff: [],
  commands: [],
  timers: timers.map(([id, op]) => ({ id, label: id, op, at: null })),
  machineVersion: 'v1',
  ignored: null,
});

/** The pieces of each row; the item of the day comes first and is left out. */
const bars = (rows: readonly Journal[]): readonly string[] => {
  const items = layoutRows(rows, {
    unfolded: new Set(),
    keep: new Set(),
    showRoutine: false,
    dayOf: (at) => at.slice(0, 10),
  });
  return timerBars(items).slice(1);
};

describe('the lanes of the timeline', () => {
  it('gives each cause its lane', () => {
    expect((['customer', 'result', 'system', 'manager', 'job', 'timer'] as const).map(laneOf)).toEqual([
      'customer',
      'bot',
      'bot',
      'person',
      'timers',
      'timers',
    ]);
  });

  it('draws a timer from the row that armed it to the row that fired or cancelled it', () => {
    expect(bars([row(1, [['a', 'armed']]), row(2, []), row(3, [['a', 'fired']])])).toEqual([
      '0s',
      '0t',
      '0e',
    ]);
    expect(bars([row(1, [['a', 'armed']]), row(2, [['a', 'cancelled']])])).toEqual(['0s', '0e']);
  });

  it('guesses no beginning and no end that is not loaded', () => {
    expect(bars([row(1, [['a', 'fired']]), row(2, [['b', 'armed']]), row(3, [])])).toEqual(['', '', '']);
  });

  it('ends a timer where it is armed anew, and uses its track again', () => {
    const rows = [row(1, [['a', 'armed']]), row(2, [['a', 'armed']]), row(3, [['a', 'fired']])];
    expect(bars(rows)).toEqual(['0s', '0e 0s', '0e']);
  });

  it('puts timers that run together side by side, and no more than there are tracks', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const [first, last] = bars([
      row(
        1,
        ids.map((id) => [id, 'armed'] as const),
      ),
      row(
        2,
        ids.map((id) => [id, 'fired'] as const),
      ),
    ]);
    expect(first).toBe('0s 1s 2s');
    expect(last?.split(' ')).toHaveLength(MAX_TIMER_TRACKS);
  });

  it('lets a bar begin and end in a fold, and hides one that lies inside it', () => {
    const routine = (seq: number, timers: Parameters<typeof row>[1]): Journal => ({
      ...row(seq, timers),
      importance: 0,
    });
    const rows = [
      routine(1, [['a', 'armed']]),
      routine(2, [
        ['b', 'armed'],
        ['a', 'fired'],
      ]),
      row(3, [['b', 'fired']]),
    ];
    expect(bars(rows)).toEqual(['0s', '0e']);
  });
});

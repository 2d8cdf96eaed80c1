import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Journal } from '../api/types.ts';
import { findHoles, IDLE_GAP_MS, layoutRows, MAX_TIMELINE_ROWS, mergeRows, movesOf } from './timeline.ts';

const START = Date.UTC(2026, 10, 22, 8, 0);

const row = (seq: number, over: Partial<Journal> = {}): Journal => ({
  seq,
  at: new Date(START + seq * 1000).toISOString(),
  cause: 'customer',
  event: { type: 'customer.message', data: {} },
  title: `row ${seq}`,
  importance: 1,
  from: [],
  to: [],
  guards: [],
  contextDiff: [],
  commands: [],
  timers: [],
  machineVersion: 'v1',
  ignored: null,
  ...over,
});

const options = {
  unfolded: new Set<number>(),
  keep: new Set<number>(),
  showRoutine: false,
  dayOf: (at: string) => at.slice(0, 10),
};

const shape = (rows: readonly Journal[], over: Partial<typeof options> = {}): readonly string[] =>
  layoutRows(rows, { ...options, ...over }).map((item) => item.key);

describe('merging rows', () => {
  it('gives the same timeline whatever the order, the splits and the repeats of arrival', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 8 }), { maxLength: 20 }),
        (length, batches) => {
          const all = Array.from({ length }, (_, index) => row(index + 1));
          const noisy = batches.map((batch) => batch.filter((seq) => seq <= length).map((seq) => row(seq)));
          const merged = [...noisy, ...all.map((one) => [one]).reverse(), ...noisy].reduce<
            readonly Journal[]
          >(mergeRows, []);
          expect(merged.map((one) => one.seq)).toEqual(all.map((one) => one.seq));
        },
      ),
    );
  });

  it('returns the very same array when nothing is new, so that nothing renders', () => {
    const rows = mergeRows([], [row(1), row(2)]);
    expect(mergeRows(rows, [row(2)])).toBe(rows);
    expect(mergeRows(rows, [])).toBe(rows);
  });

  it('stays within its limit and keeps the newest', () => {
    const rows = Array.from({ length: MAX_TIMELINE_ROWS + 10 }, (_, index) => row(index + 1));
    const merged = mergeRows(mergeRows([], rows), [row(MAX_TIMELINE_ROWS + 11)]);
    expect(merged).toHaveLength(MAX_TIMELINE_ROWS);
    expect(merged.at(-1)?.seq).toBe(MAX_TIMELINE_ROWS + 11);
  });

  it('finds each hole with its edges', () => {
    expect(findHoles([row(4), row(5), row(8), row(9), row(12)])).toEqual([
      { after: 5, before: 8 },
      { after: 9, before: 12 },
    ]);
    expect(findHoles([row(4), row(5)])).toEqual([]);
  });
});

describe('laying rows out', () => {
  const routine = (seq: number): Journal => row(seq, { importance: 0 });

  it('folds runs of routine rows and leaves a single one as it is', () => {
    const rows = [row(1), routine(2), routine(3), routine(4), row(5), routine(6), row(7)];
    expect(shape(rows)).toEqual(['d1', 'r1', 'f2', 'r5', 'r6', 'r7']);
  });

  it('opens a fold on demand, and keeps a selected routine row in sight', () => {
    const rows = [routine(1), routine(2), routine(3), routine(4), routine(5)];
    expect(shape(rows, { unfolded: new Set([1]) })).toEqual(['d1', 'r1', 'r2', 'r3', 'r4', 'r5']);
    expect(shape(rows, { keep: new Set([3]) })).toEqual(['d1', 'f1', 'r3', 'f4']);
    expect(shape(rows, { showRoutine: true })).toHaveLength(6);
  });

  it('marks long silences and new days, and folds never reach across them', () => {
    const later = new Date(START + IDLE_GAP_MS + 60_000).toISOString();
    const tomorrow = new Date(START + 86_400_000).toISOString();
    const rows = [routine(1), routine(2), { ...routine(3), at: later }, { ...routine(4), at: tomorrow }];
    expect(shape(rows)).toEqual(['d1', 'f1', 'q3', 'r3', 'q4', 'd4', 'r4']);
  });
});

describe('state moves', () => {
  it('are told by region, without the states that stayed', () => {
    const moved = movesOf({
      from: ['turn.gathering', 'owner.bot', 'window.open'],
      to: ['turn.working.thinking', 'owner.manager', 'window.open'],
    });
    expect(moved).toEqual([
      { region: 'turn', from: ['turn.gathering'], to: ['turn.working.thinking'] },
      { region: 'owner', from: ['owner.bot'], to: ['owner.manager'] },
    ]);
    expect(movesOf({ from: ['turn.idle'], to: ['turn.idle'] })).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { ChartRegion } from '../api/types.ts';
import { latestRegion, moveOf, rowsThrough, stateOfTimer, trailOf } from './trail.ts';

const box = (path: string, initial: string | null = null): ChartRegion['boxes'][number] => ({
  path,
  initial,
  x: 0,
  y: 0,
  width: 10,
  height: 10,
  importance: 0,
  compound: initial !== null,
  final: false,
  lines: [path],
});
const arrow = (from: string, to: string, event: string): ChartRegion['arrows'][number] => ({
  from,
  to,
  points: [],
  label: null,
  moves: [{ event, guard: null, description: null, words: event }],
});
const region = (path: string, boxes: ChartRegion['boxes'], arrows: ChartRegion['arrows']): ChartRegion => ({
  path,
  label: path,
  description: null,
  width: 100,
  height: 100,
  boxes,
  arrows,
});

const turn = region(
  'turn',
  [box('turn', 'turn.idle'), box('turn.idle'), box('turn.thinking'), box('turn.speaking')],
  [
    arrow('turn.idle', 'turn.thinking', 'customer.message'),
    arrow('turn.thinking', 'turn.speaking', 'done'),
    arrow('turn.speaking', 'turn.idle', 'sent'),
  ],
);
const owner = region('owner', [box('owner', 'owner.bot'), box('owner.bot')], []);

const row = (seq: number, from: string, to: string, event: string) => ({
  seq,
  from: ['owner.bot', from],
  to: ['owner.bot', to],
  event: { type: event, data: {} },
});
const rows = [
  row(1, 'turn.idle', 'turn.thinking', 'customer.message'),
  row(2, 'turn.thinking', 'turn.speaking', 'done'),
  row(3, 'turn.speaking', 'turn.speaking', 'status'),
  row(4, 'turn.speaking', 'turn.idle', 'sent'),
  row(5, 'turn.idle', 'turn.thinking', 'customer.message'),
];

describe('the way through a region', () => {
  it('numbers the arrows in the order taken, again and again', () => {
    const { numbers, last } = trailOf(turn, rows);
    expect([...numbers]).toEqual([
      [0, [1, 4]],
      [1, [2]],
      [2, [3]],
    ]);
    expect(last).toEqual({ seq: 5, arrows: [0], from: 'turn.idle', to: 'turn.thinking' });
  });

  it('has no step where the region stood still', () => {
    expect(moveOf(turn, row(3, 'turn.speaking', 'turn.speaking', 'status'))).toBeNull();
    expect(trailOf(owner, rows).last).toBeNull();
    expect(latestRegion([owner, turn], rows)).toBe('turn');
    expect(latestRegion([owner], rows)).toBeNull();
  });

  it('says which steps a state and an arrow stand for', () => {
    expect([...rowsThrough(turn, rows, { arrow: 0 })]).toEqual([1, 5]);
    expect([...rowsThrough(turn, rows, { state: 'turn.speaking' })]).toEqual([2, 4]);
  });

  it('finds the state of a timer in its id', () => {
    expect(stateOfTimer('xstate.after.debounce.conversation.turn.working.gathering')).toBe(
      'turn.working.gathering',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { indexOf, isTrouble, seqAt, stepFrom } from './steps.ts';

const row = (seq: number, type = 'customer.message') => ({ seq, event: { type, data: {} }, ignored: null });
const rows = [row(11), row(12, 'xstate.error.actor.think'), row(13), row(14, 'engine.paused')];

describe('a replay', () => {
  it('goes step by step, and stops at both ends', () => {
    expect(stepFrom(rows, 11, 'on')).toBe(12);
    expect(stepFrom(rows, 13, 'back')).toBe(12);
    expect(stepFrom(rows, 14, 'on')).toBeNull();
    expect(stepFrom(rows, 11, 'back')).toBeNull();
  });

  it('jumps to what failed', () => {
    expect(stepFrom(rows, 11, 'on', isTrouble)).toBe(12);
    expect(stepFrom(rows, 12, 'on', isTrouble)).toBe(14);
    expect(stepFrom(rows, 12, 'back', isTrouble)).toBeNull();
  });

  it('has a place on the slider for each row, and a row for each place', () => {
    expect(rows.map(({ seq }) => indexOf(rows, seq))).toEqual([0, 1, 2, 3]);
    expect([seqAt(rows, 0), seqAt(rows, 3), seqAt(rows, 99), seqAt(rows, -1)]).toEqual([11, 14, 14, 11]);
  });
});

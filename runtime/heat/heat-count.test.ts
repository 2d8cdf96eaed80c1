import { describe, expect, it } from 'vitest';
import { bucketOf, countSteps, type HeatRow, medianOf, SILENCE_FROM_MS } from './heat-count.ts';

const row = (seq: number, at: number, event: string, from: string[], to: string[]): HeatRow => ({
  seq,
  at,
  event,
  from,
  to,
});

describe('the heat of a statechart', () => {
  const birth = row(1, 1000, 'xstate.init', [], ['owner.bot', 'turn.idle']);

  it('counts a stay from entering a state to leaving it, whatever happens in between', () => {
    const { stayed, moved, stays } = countSteps({}, [
      birth,
      row(2, 2000, 'message.status', ['owner.bot', 'turn.idle'], ['owner.bot', 'turn.idle']),
      row(3, 5000, 'customer.message', ['owner.bot', 'turn.idle'], ['owner.bot', 'turn.working']),
    ]);
    expect(stayed).toEqual([{ state: 'turn.idle', at: 5000, bucket: bucketOf(4000), silent: false }]);
    expect(moved).toEqual([{ from: 'turn.idle', to: 'turn.working', event: 'customer.message', at: 5000 }]);
    expect(stays).toEqual({ owner: ['owner.bot', 1000], turn: ['turn.working', 5000] });
  });

  it('gives the same whether the rows come at once or one by one', () => {
    const rows = [
      birth,
      row(2, 4000, 'a', ['owner.bot', 'turn.idle'], ['owner.bot', 'turn.working']),
      row(3, 9000, 'b', ['owner.bot', 'turn.working'], ['owner.manager', 'turn.idle']),
    ];
    const whole = countSteps({}, rows);
    let stays = {};
    const moved = rows.flatMap((one) => {
      const counted = countSteps(stays, [one]);
      stays = counted.stays;
      return counted.moved;
    });
    expect(moved).toEqual(whole.moved);
    expect(stays).toEqual(whole.stays);
  });

  it('calls a long stay that a timer ended silence, and no other', () => {
    const after = 'xstate.after.followUp1.conversation.turn.idle';
    const left = (ms: number, event: string) =>
      countSteps({}, [birth, row(2, 1000 + ms, event, ['turn.idle'], ['turn.working'])]).stayed[0]?.silent;
    expect(left(SILENCE_FROM_MS, after)).toBe(true);
    expect(left(SILENCE_FROM_MS - 1, after)).toBe(false);
    expect(left(SILENCE_FROM_MS, 'customer.message')).toBe(false);
  });

  it('takes the median from buckets within a fifth of the truth', () => {
    for (const ms of [3, 40, 700, 12_000, 90_000, 86_400_000]) {
      const buckets = [{ bucket: bucketOf(ms), stays: 9 }];
      const median = medianOf(buckets) ?? 0;
      expect(Math.abs(median / ms - 1), `${ms} ms`).toBeLessThan(0.2);
    }
    expect(medianOf([])).toBeNull();
    const mostlyShort = [
      { bucket: bucketOf(1_000_000), stays: 2 },
      { bucket: bucketOf(1000), stays: 10 },
    ];
    expect(medianOf(mostlyShort)).toBeLessThan(2000);
  });
});

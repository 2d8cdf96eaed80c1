/** When the mailboxes are full. */
import { describe, expect, it } from 'vitest';
import { makeBacklog } from './backlog.ts';

describe('the backlog of the mailboxes', () => {
  it('is full beyond its limit, and stays so until a good part of it is worked off', async () => {
    let waiting = 0;
    const backlog = makeBacklog({ backlog: async (atMost) => Math.min(waiting, atMost) }, 100);
    const seen: boolean[] = [];
    for (const next of [0, 100, 101, 5000, 100, 76, 75, 100, 101]) {
      waiting = next;
      await backlog.look();
      seen.push(backlog.isFull());
    }
    expect(seen).toEqual([false, false, true, true, true, true, false, false, true]);
  });

  it('says what it said last while nobody can count', async () => {
    let away = false;
    const count = () => (away ? Promise.reject(new Error('ECONNREFUSED')) : Promise.resolve(101));
    const backlog = makeBacklog({ backlog: count }, 100);
    await backlog.look();
    away = true;
    await expect(backlog.look()).rejects.toThrow();
    expect(backlog.isFull()).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { Pressure } from './pressure.ts';

/** Longer than any test: whoever waits for it has not been let go. */
const NEVER_MS = 3_600_000;

const isDone = async (work: Promise<void>): Promise<boolean> => {
  let done = false;
  void work.then(() => {
    done = true;
  });
  // More turns than any promise of the class takes.
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  return done;
};

describe('steps beside events on their way in', () => {
  it('go on at once when none waits', async () => {
    expect(await isDone(new Pressure(NEVER_MS).giveWay())).toBe(true);
  });

  it('wait for the last of them, all lanes alike', async () => {
    const pressure = new Pressure(NEVER_MS);
    pressure.entered(2);
    const lanes = [pressure.giveWay(), pressure.giveWay()];
    pressure.left(1);
    expect(pressure.isHigh).toBe(true);
    expect(await Promise.all(lanes.map(isDone))).toEqual([false, false]);
    pressure.left(1);
    expect(pressure.isHigh).toBe(false);
    await Promise.all(lanes);
  });

  it('wait no longer than so long: a flood without end does not stop them', async () => {
    const pressure = new Pressure(1);
    pressure.entered(1);
    await pressure.giveWay();
    await pressure.giveWay();
    expect(pressure.isHigh).toBe(true);
  });
});

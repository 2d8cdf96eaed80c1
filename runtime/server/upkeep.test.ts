import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeLog } from './test-fakes.ts';
import { startUpkeep } from './upkeep.ts';

describe('upkeep', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('goes on after a failed run, never runs twice at once, and waits for the last run when it stops', async () => {
    const log = fakeLog();
    let runs = 0;
    let finish = (): void => undefined;
    const run = () => {
      runs += 1;
      if (runs === 1) return Promise.reject(new Error('database away'));
      return new Promise<void>((resolve) => {
        finish = resolve;
      });
    };
    const upkeep = startUpkeep([{ name: 'sweep', everyMs: 100, run }], log);
    await vi.advanceTimersByTimeAsync(1000);
    expect(runs).toBe(2);
    expect(log.lines).toHaveLength(1);
    let stopped = false;
    const stopping = upkeep.stop().then(() => {
      stopped = true;
    });
    await vi.advanceTimersByTimeAsync(10);
    expect(stopped).toBe(false);
    finish();
    await stopping;
    await vi.advanceTimersByTimeAsync(1000);
    expect(runs).toBe(2);
  });
});

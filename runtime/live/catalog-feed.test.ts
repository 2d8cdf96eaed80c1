import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LiveFrame, SyncRunView } from '../api/schemas.ts';
import { fakeLog } from '../server/test-fakes.ts';
import { makeCatalogFeed } from './catalog-feed.ts';
import { CATALOG_EVERY_MS } from './protocol.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const run = (seen: number, status: SyncRunView['status'] = 'running'): SyncRunView => ({
  id: '7',
  status,
  phase: status === 'running' ? 'reading' : null,
  seen,
  changed: 0,
  deactivated: 0,
  embedded: 0,
  error: null,
  startedAt: '2026-01-15T10:00:00.000Z',
  finishedAt: null,
});

const setup = () => {
  const state = { run: null as SyncRunView | null, reads: 0, away: false };
  const feed = makeCatalogFeed({
    latestRun: async () => {
      state.reads++;
      if (state.away) throw new Error('away');
      return state.run;
    },
    log: fakeLog(),
  });
  const seen: number[] = [];
  const subscriber = {
    frame: (frame: LiveFrame) => void (frame.type === 'sync' && seen.push(frame.data.seen)),
  };
  return { state, feed, seen, subscriber };
};

it('tells where the run is at the start and each time that it moved', async () => {
  const { state, feed, seen, subscriber } = setup();
  state.run = run(200);
  await feed.join(subscriber);
  expect(seen).toEqual([200]);
  await vi.advanceTimersByTimeAsync(CATALOG_EVERY_MS);
  state.run = run(400);
  await vi.advanceTimersByTimeAsync(CATALOG_EVERY_MS * 3);
  expect(seen.filter((rows) => rows === 400)).toEqual([400]);
  state.away = true;
  await vi.advanceTimersByTimeAsync(CATALOG_EVERY_MS);
  state.away = false;
  state.run = run(450, 'done');
  await vi.advanceTimersByTimeAsync(CATALOG_EVERY_MS);
  expect(seen.at(-1)).toBe(450);
  feed.stop();
});

it('reads nothing while nobody looks', async () => {
  const { state, feed, subscriber } = setup();
  await feed.join(subscriber);
  feed.leave(subscriber);
  const { reads } = state;
  await vi.advanceTimersByTimeAsync(CATALOG_EVERY_MS * 5);
  expect(state.reads).toBe(reads);
  feed.stop();
});

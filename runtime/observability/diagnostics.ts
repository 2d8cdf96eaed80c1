/** Looks into the living process on demand: where its time goes, and what fills its memory. */
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeHeapSnapshot } from 'node:v8';
import type { Clock } from '../engine/types.ts';

export interface Diagnostics {
  /** A `.cpuprofile` of the next seconds, for Chrome's developer tools. Null: one is being made. */
  readonly cpuProfile: (seconds: number) => Promise<unknown | null>;
  /**
   * Writes a heap snapshot and answers where. The process stands still meanwhile, about a second for each 100 MB. The
   * file holds whatever the memory held, customers' words and secrets included: it stays on the server.
   */
  readonly heapSnapshot: () => { readonly file: string; readonly bytes: number };
}

/** Snapshots kept; each may be as large as the memory (G10). */
const SNAPSHOTS_MAX = 2;

export const makeDiagnostics = (options: { readonly folder: string; readonly clock: Clock }): Diagnostics => {
  const { folder, clock } = options;
  let profiling = false;

  const profile = async (seconds: number): Promise<unknown> => {
    const session = new Session();
    session.connect();
    try {
      await session.post('Profiler.enable');
      await session.post('Profiler.start');
      await sleep(seconds * 1000);
      return (await session.post('Profiler.stop')).profile;
    } finally {
      session.disconnect();
    }
  };

  return {
    cpuProfile: async (seconds) => {
      if (profiling) return null;
      profiling = true;
      try {
        return await profile(seconds);
      } finally {
        profiling = false;
      }
    },
    heapSnapshot: () => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const old = readdirSync(folder)
        .filter((name) => name.endsWith('.heapsnapshot'))
        .sort();
      for (const name of old.slice(0, Math.max(0, old.length - SNAPSHOTS_MAX + 1)))
        rmSync(join(folder, name));
      const file = join(folder, `${clock.now()}.heapsnapshot`);
      writeHeapSnapshot(file);
      return { file, bytes: statSync(file).size };
    },
  };
};

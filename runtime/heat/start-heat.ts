/** Keeps the heat map's sums up to date, on every replica that works; one of them does it at a time. */
import type pg from 'pg';
import type { Clock, Log } from '../engine/types.ts';
import { startUpkeep, type Upkeep } from '../server/upkeep.ts';
import { makeHeatKeeper } from './heat-keeper.ts';

/** How old the map may be. */
const FOLLOW_EVERY_MS = 5000;
const SWEEP_EVERY_MS = 3_600_000;

export const startHeat = ({ log, ...options }: { pool: pg.Pool; clock: Clock; log: Log }): Upkeep => {
  const keeper = makeHeatKeeper(options);
  return startUpkeep(
    [
      { name: 'heat map', everyMs: FOLLOW_EVERY_MS, run: keeper.follow },
      { name: 'heat map, all', everyMs: SWEEP_EVERY_MS, run: keeper.sweep, atOnce: true },
    ],
    log,
  );
};

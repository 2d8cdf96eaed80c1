/** The statecharts of this release, as the API asks for them. */
import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type pg from 'pg';
import type { ChartsApi } from '../api/deps.ts';
import type { MachineLayoutView } from '../api/statechart-schemas.ts';
import { readEffects } from '../conversations/effects-view.ts';
import type { Clock } from '../engine/types.ts';
import { makeHeatView } from '../heat/heat-view.ts';
import { machineConfig } from '../inspect/machine-config.ts';
import { shippedMachine } from './shipped-machines.ts';

interface KnownLayout {
  readonly view: MachineLayoutView;
  /** Of the content: the same machine has the same tag on every replica and after every restart. */
  readonly etag: string;
}

export const makeChartsApi = (options: { readonly pool: pg.Pool; readonly clock: Clock }): ChartsApi => {
  const { pool } = options;
  const view = makeHeatView(options);
  const known = new Map<string, Promise<KnownLayout>>();
  const layout = (id: string): Promise<KnownLayout> => {
    const found = known.get(id) ?? computeLayout(id);
    known.set(id, found);
    // One that failed is computed again by the next question.
    found.catch(() => known.delete(id));
    return found;
  };
  return {
    layout: async (id) => (shippedMachine(id) === null ? null : layout(id)),
    config: (id) => {
      const shipped = shippedMachine(id);
      return shipped === null ? null : machineConfig(shipped.machine);
    },
    heat: async (id, days) => (shippedMachine(id) === null ? null : view.heat(days)),
    behind: async (id, transitions, days, limit) =>
      shippedMachine(id) === null ? null : view.behind(transitions, days, limit),
    effects: (id, from, to) => readEffects(pool, id, from, to),
  };
};

const computeLayout = (id: string): Promise<KnownLayout> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { workerData: id });
    // A server that stops does not wait for a picture.
    worker.unref();
    worker.once('message', (view: MachineLayoutView) => resolve({ view, etag: etagOf(view) }));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error(`the layout of ${id} ended without an answer; ask again`)));
  });

const etagOf = (view: MachineLayoutView): string =>
  `"${createHash('sha256').update(JSON.stringify(view)).digest('base64url').slice(0, 22)}"`;

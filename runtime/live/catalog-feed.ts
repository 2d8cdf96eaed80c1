/** The topic `catalog`: the newest run of the catalog, told when it moves, read only while somebody looks. */
import type { SyncRunView } from '../api/schemas.ts';
import type { Log } from '../engine/types.ts';
import type { Subscriber } from './conversation-feed.ts';
import { CATALOG_EVERY_MS } from './protocol.ts';

export interface CatalogFeed {
  readonly join: (subscriber: Subscriber) => Promise<void>;
  readonly leave: (subscriber: Subscriber) => void;
  readonly stop: () => void;
}

export interface CatalogFeedDeps {
  /** Null: the catalog was never read. */
  readonly latestRun: () => Promise<SyncRunView | null>;
  readonly log: Log;
}

export const makeCatalogFeed = (deps: CatalogFeedDeps): CatalogFeed => {
  const members = new Set<Subscriber>();
  let told = '';
  let seq = 0;

  const tell = (to: Iterable<Subscriber>, data: SyncRunView): void => {
    seq += 1;
    for (const member of to) member.frame({ topic: 'catalog', type: 'sync', seq, data });
  };

  const tick = async (): Promise<void> => {
    if (members.size === 0) return;
    try {
      const run = await deps.latestRun();
      const text = JSON.stringify(run);
      if (run === null || text === told) return;
      told = text;
      tell(members, run);
    } catch (error) {
      deps.log.warn({ error: error instanceof Error ? error.name : typeof error }, 'no live catalog run now');
    }
  };

  const ticker = setInterval(() => void tick(), CATALOG_EVERY_MS);
  ticker.unref();

  return {
    join: async (subscriber) => {
      members.add(subscriber);
      const run = await deps.latestRun();
      if (run !== null && members.has(subscriber)) tell([subscriber], run);
    },
    leave: (subscriber) => void members.delete(subscriber),
    stop: () => clearInterval(ticker),
  };
};

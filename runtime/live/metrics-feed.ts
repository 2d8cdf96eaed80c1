/** The topic `metrics`: the runtime's numbers every two seconds, read only while somebody looks. */
import type { Log } from '../engine/types.ts';
import type { Subscriber } from './conversation-feed.ts';
import { METRICS_EVERY_MS } from './protocol.ts';

export interface MetricsFeed {
  readonly join: (subscriber: Subscriber) => Promise<void>;
  readonly leave: (subscriber: Subscriber) => void;
  readonly stop: () => void;
}

export interface MetricsFeedDeps {
  readonly numbers: () => Promise<Readonly<Record<string, number>>>;
  readonly log: Log;
}

export const makeMetricsFeed = (deps: MetricsFeedDeps): MetricsFeed => {
  const members = new Set<Subscriber>();
  let seq = 0;

  const tell = (to: Iterable<Subscriber>, data: Readonly<Record<string, number>>): void => {
    seq += 1;
    for (const member of to) member.frame({ topic: 'metrics', type: 'metrics', seq, data });
  };

  const tick = async (): Promise<void> => {
    if (members.size === 0) return;
    try {
      tell(members, await deps.numbers());
    } catch (error) {
      deps.log.warn({ error: error instanceof Error ? error.name : typeof error }, 'no live metrics now');
    }
  };

  const ticker = setInterval(() => void tick(), METRICS_EVERY_MS);
  ticker.unref();

  return {
    join: async (subscriber) => {
      members.add(subscriber);
      const data = await deps.numbers();
      if (members.has(subscriber)) tell([subscriber], data);
    },
    leave: (subscriber) => void members.delete(subscriber),
    stop: () => clearInterval(ticker),
  };
};

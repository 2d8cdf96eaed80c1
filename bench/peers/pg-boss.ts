/** pg-boss with a strict queue per key: a job a message, whose handler is a transaction. */
import { type Job, PgBoss } from 'pg-boss';
import { makePool } from '../../adapters/postgres/pool.ts';
import type { Peer } from '../peer.ts';
import type { Message } from '../workload.ts';
import { createWorkTables, takeMessage, verifySqlWork } from './sql-work.ts';

const QUEUE = 'work';
const CONNECTIONS = 10;
const BATCH = 100;
const WORKERS = 2;

export const peer: Peer = {
  name: 'pg-boss 12.38, key_strict_fifo',
  configuration: `batches of ${BATCH}, ${WORKERS} workers, burstWhenBatchFull, polled every 0.5 s between bursts`,
  inFlight: 800,
  start: async (url) => {
    const pool = makePool(url, {
      max: CONNECTIONS,
      applicationName: 'treejar-bench',
      acquireTimeoutMs: 60_000,
    });
    await createWorkTables(pool);
    const boss = new PgBoss({ connectionString: url, max: CONNECTIONS, supervise: false, schedule: false });
    const faults: Error[] = [];
    boss.on('error', (error) => faults.push(error));
    await boss.start();
    await boss.createQueue(QUEUE, { policy: 'key_strict_fifo' });
    const waiting = new Map<string, PromiseWithResolvers<void>>();
    const handle = async (jobs: readonly Job<Message>[]): Promise<void> => {
      await Promise.all(
        jobs.map(async ({ data }) => {
          await takeMessage(pool, data);
          waiting.get(data.id)?.resolve();
          waiting.delete(data.id);
        }),
      );
    };
    const options = {
      batchSize: BATCH,
      burstWhenBatchFull: true,
      pollingIntervalSeconds: 0.5,
      localConcurrency: WORKERS,
    };
    await boss.work<Message>(QUEUE, options, handle);
    return {
      take: async (message) => {
        const done = Promise.withResolvers<void>();
        waiting.set(message.id, done);
        await boss.send(QUEUE, message, { singletonKey: message.actorId });
        await done.promise;
      },
      verify: async (messages) => {
        if (faults[0]) throw faults[0];
        await verifySqlWork(pool, messages);
      },
      stop: async () => {
        await boss.stop({ graceful: false });
        await pool.end();
      },
    };
  },
};

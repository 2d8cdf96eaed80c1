/** DBOS Transact: a workflow a message, with one step, which is a transaction. Without a queue, which is its faster way. */
import { DBOS } from '@dbos-inc/dbos-sdk';
import { makePool } from '../../adapters/postgres/pool.ts';
import type { Peer } from '../peer.ts';
import type { Message } from '../workload.ts';
import { createWorkTables, takeMessage, verifySqlWork } from './sql-work.ts';

const CONNECTIONS = 10;

export const peer: Peer = {
  name: 'DBOS Transact 5.3',
  configuration: `a workflow with one step a message, no queue, ${CONNECTIONS} + ${CONNECTIONS} connections`,
  inFlight: 128,
  start: async (url) => {
    const pool = makePool(url, {
      max: CONNECTIONS,
      applicationName: 'treejar-bench',
      acquireTimeoutMs: 60_000,
    });
    await createWorkTables(pool);
    DBOS.setConfig({
      name: 'bench',
      systemDatabaseUrl: url,
      systemDatabasePoolSize: CONNECTIONS,
      logLevel: 'error',
    });
    const work = DBOS.registerWorkflow(
      async (message: Message): Promise<void> => {
        await DBOS.runStep(() => takeMessage(pool, message), { name: 'take' });
      },
      { name: 'work' },
    );
    await DBOS.launch();
    return {
      take: async (message) => {
        const handle = await DBOS.startWorkflow(work, { workflowID: message.id })(message);
        await handle.getResult();
      },
      verify: (messages) => verifySqlWork(pool, messages),
      stop: async () => {
        await DBOS.shutdown();
        await pool.end();
      },
    };
  },
};

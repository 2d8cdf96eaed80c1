/** No framework: one transaction a message, four statements in it. */
import { makePool } from '../../adapters/postgres/pool.ts';
import type { Peer } from '../peer.ts';
import { createWorkTables, takeMessage, verifySqlWork } from './sql-work.ts';

const CONNECTIONS = 10;

export const peer: Peer = {
  name: 'a transaction a message, by hand',
  configuration: `${CONNECTIONS} connections, row lock on the conversation`,
  inFlight: 64,
  start: async (url) => {
    const pool = makePool(url, {
      max: CONNECTIONS,
      applicationName: 'treejar-bench',
      acquireTimeoutMs: 60_000,
    });
    await createWorkTables(pool);
    return {
      take: (message) => takeMessage(pool, message),
      verify: (messages) => verifySqlWork(pool, messages),
      stop: () => pool.end(),
    };
  },
};

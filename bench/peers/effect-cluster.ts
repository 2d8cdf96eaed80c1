/** Effect Cluster: an entity a conversation, a persisted message handled in the transaction that stores its reply. */
import { NodeCrypto } from '@effect/platform-node';
import { PgClient } from '@effect/sql-pg';
import { Effect, Layer, ManagedRuntime, Redacted, Schema } from 'effect';
import { ClusterSchema, Entity, SingleRunner } from 'effect/cluster';
import { Rpc } from 'effect/rpc';
import { SqlClient } from 'effect/sql';
import { makePool } from '../../adapters/postgres/pool.ts';
import type { Peer } from '../peer.ts';
import { createWorkTables, verifySqlWork } from './sql-work.ts';
import { stepWork } from './step-work.ts';

const CONNECTIONS = 10;

const Take = Rpc.make('Take', {
  payload: { actorId: Schema.String, id: Schema.String, n: Schema.Number, text: Schema.String },
  primaryKey: ({ id }) => id,
})
  .annotate(ClusterSchema.Persisted, true)
  .annotate(ClusterSchema.WithTransaction, true);

const Work = Entity.make('Work', [Take]);

const handlers = Work.toLayer(
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient;
    return Work.of({
      Take: Effect.fn(function* ({ payload }) {
        const { actorId, id } = payload;
        yield* sql`insert into work_seen values (${id}, ${actorId})`;
        const rows = yield* sql<{ snapshot: string }>`
          select snapshot from work_actor where actor_id = ${actorId} for update`;
        const { snapshot, commands } = stepWork(rows[0]?.snapshot ?? null, payload);
        yield* sql`insert into work_actor values (${actorId}, ${snapshot})
          on conflict (actor_id) do update set snapshot = excluded.snapshot`;
        for (const input of commands)
          yield* sql`insert into work_outbox (actor_id, input) values (${actorId}, ${input})`;
      }, Effect.orDie),
    });
  }),
);

export const peer: Peer = {
  name: 'Effect Cluster 4.1',
  configuration: `single runner, WithTransaction, ${CONNECTIONS} connections, runner storage in memory`,
  inFlight: 128,
  start: async (url) => {
    const pool = makePool(url, { max: 2, applicationName: 'treejar-bench' });
    await createWorkTables(pool);
    const cluster = handlers.pipe(
      Layer.provideMerge(SingleRunner.layer({ runnerStorage: 'memory' })),
      Layer.provide(PgClient.layer({ url: Redacted.make(url), maxConnections: CONNECTIONS })),
      Layer.provide(NodeCrypto.layer),
    );
    const runtime = ManagedRuntime.make(cluster);
    const clientFor = await runtime.runPromise(Work.client);
    return {
      take: (message) => runtime.runPromise(clientFor(message.actorId).Take(message)),
      verify: (messages) => verifySqlWork(pool, messages),
      stop: async () => {
        await runtime.dispose();
        await pool.end();
      },
    };
  },
};

/** The lease by which other replicas know that this one lives; by the database's clock, which all of them share. */
import type { Context } from './context.ts';
import { faultOf } from './errors.ts';

export interface Replica {
  /** Renews the lease; sweeps leases that ended long ago. */
  readonly renew: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Leases of the dead are kept this many lease times, for an operator to see. */
const KEEP_DEAD_LEASES = 100;

const RENEW = `
with swept as (delete from replica where alive_until < clock_timestamp() - $3 * interval '1 millisecond')
insert into replica (replica_id, alive_until) values ($1, clock_timestamp() + $2 * interval '1 millisecond')
on conflict (replica_id) do update set alive_until = excluded.alive_until`;

/** Takes the lease before it resolves: without one, commands of this replica would look orphaned. */
export const startReplica = async (context: Context): Promise<Replica> => {
  const { db, limits, incarnation, log } = context;
  const renew = async (): Promise<void> => {
    const values = [incarnation, limits.leaseMs, limits.leaseMs * KEEP_DEAD_LEASES];
    await db.pool.query({ name: 'renew-lease', text: RENEW, values });
  };
  await renew();
  const beat = setInterval(() => {
    renew().catch((error: unknown) => log.warn({ error: faultOf(error) }, 'the lease could not be renewed'));
  }, limits.heartbeatMs);
  beat.unref();
  return {
    renew,
    stop: async () => {
      clearInterval(beat);
      await db.pool.query('delete from replica where replica_id = $1', [incarnation]);
    },
  };
};

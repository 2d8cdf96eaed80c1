/**
 * A replica under chaos, with senders of its own. Arguments: databaseUrl, name, and how it sends: `<phase>` numbers
 * events for each actor of the phase, one at a time, and sends each until it is acknowledged; `liar` tells of
 * acknowledgements that it never got. Lines on stdout: `ready`, `acked <actor> <event>`.
 */
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Effect } from 'effect';
import pg from 'pg';
import { startEngine } from '../../runtime/engine/engine.ts';
import type { CommandInfo } from '../../runtime/engine/types.ts';
import { chaosKind } from './chaos-machine.ts';

const [databaseUrl = '', name = '', phase = '0'] = process.argv.slice(2);
const ACTORS = 6;
const TYPES = ['ADD', 'ADD', 'WORK', 'ADD', 'RING', 'ADD', 'WORK'] as const;

/** Synchronous: a line is out before the next thing can be killed. */
const say = (line: string): void => void writeSync(1, `${line}\n`);

const nothing = (): void => {};
const pool = new pg.Pool({ connectionString: databaseUrl, max: 3, connectionTimeoutMillis: 2000 });
pool.on('error', nothing); // a cut connection; the next query gets another

/** The outside: it remembers every attempt, takes its time, and is away now and then. */
const outside = (_input: unknown, { commandId, attempt }: CommandInfo) =>
  Effect.tryPromise({
    try: async () => {
      await pool.query('insert into ran (command_id, attempt) values ($1, $2)', [commandId, attempt]);
      await sleep((commandId.length * 37 + attempt * 211) % 400);
      if ((commandId.length + attempt) % 5 === 0) throw new Error('away');
      return name;
    },
    catch: () => ({ _tag: 'Away', message: 'the outside is away', retryable: true }),
  });

const engine = await startEngine({
  databaseUrl,
  kinds: [chaosKind(outside)],
  replicaId: name,
  worker: true,
  clock: { now: () => Date.now() },
  log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
  limits: { pollMs: 200, leaseMs: 2000, heartbeatMs: 500, idleInTransactionMs: 1500 },
}).catch((error: unknown): never => {
  // The database was away; whoever started us starts another.
  writeSync(2, `${name} could not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
say('ready');

const eventOf = (actorId: string, n: number) => ({
  actorId,
  kind: 'chaos',
  eventId: `${name}:${n}`,
  cause: 'customer' as const,
  sentAt: n,
  body: { type: TYPES[n % TYPES.length] ?? 'ADD' },
});

const send = async (actorId: string): Promise<never> => {
  for (let n = 1; ; n++) {
    const event = eventOf(actorId, n);
    for (let acked = false; !acked; ) {
      // "Busy" leaves open whether it was stored: the sender keeps it and comes again, as a webhook does.
      acked = await engine.deliver([event]).then(
        () => true,
        () => sleep(30).then(() => false),
      );
    }
    say(`acked ${actorId} ${event.eventId}`);
    await sleep(15);
  }
};

if (phase === 'liar') {
  for (let n = 1; ; n++) {
    for (let k = 0; k < 50; k++) {
      const event = eventOf('liar', n * 50 + k);
      say(`acked liar ${event.eventId}`);
      engine.deliver([event]).catch(nothing); // that is the lie
    }
    await sleep(1);
  }
}
await Promise.all(Array.from({ length: ACTORS }, (_, i) => send(`${phase}.${i}`)));

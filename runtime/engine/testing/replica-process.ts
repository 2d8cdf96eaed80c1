/**
 * A replica in a process of its own, for tests that kill it. Arguments: databaseUrl, and
 * `flood <from>-<actors>-<name>`: sends ascending numbers to each actor (`<name>0` …), without end; `serve`: only works;
 * then, if wanted, `<point> <times>`: it kills itself when the engine gets to that trigger point for that time;
 * for points of the mailbox's way it goes that way only.
 * It writes lines to stdout as facts happen: `ready`, `acked <actor> <n>`, `running <attempt>`.
 */
import { writeSync } from 'node:fs';
import { Effect } from 'effect';
import pg from 'pg';
import type { Trigger } from '../context.ts';
import { add, counterKind, handler, shopKind } from './counter.ts';
import { THROUGH_MAILBOX, testEngine } from './harness.ts';

const [databaseUrl = '', mode = 'serve', range = '', deathPoint, deathTimes = '1'] = process.argv.slice(2);

/** Synchronous: a line is out before the next thing can be killed. */
const say = (line: string): void => void writeSync(1, `${line}\n`);

const die = (): never => {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('unreachable');
};

let visits = 0;

const trigger: Trigger = async (point) => {
  if (point === deathPoint && ++visits >= Number(deathTimes)) die();
};

const fetchPrice = handler((_input, info) =>
  Effect.promise(async () => {
    const client = new pg.Client(databaseUrl);
    await client.connect();
    await client.query('insert into ran (command_id, attempt) values ($1, $2)', [
      info.commandId,
      info.attempt,
    ]);
    await client.end();
    say(`running ${info.attempt}`);
    return 100;
  }),
);

const engine = await testEngine({
  databaseUrl,
  kinds: [counterKind(), shopKind({ fetchPrice })],
  replicaId: `child-${process.pid}`,
  trigger,
  limits: /^(?:apply|deliver)\./.test(deathPoint ?? '') ? THROUGH_MAILBOX : {},
});
say('ready');

if (mode === 'flood') {
  const [from = '0', actors = '1', name = 'a'] = range.split('-');
  for (let n = Number(from); ; n++) {
    const calls = Array.from({ length: Number(actors) }, (_, a) =>
      engine.deliver([add(`${name}${a}`, n)]).then(([answer]) => {
        if (answer === 'accepted') say(`acked ${name}${a} ${n}`);
      }),
    );
    // A few rounds in flight at once, so that the kill hits inserts and batches of every age.
    if (n % 4 === 3) await Promise.all(calls);
  }
}

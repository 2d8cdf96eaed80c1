/**
 * `npm run metrics:rebuild`: reads every conversation of the database at `DATABASE_URL` again and sums everything up.
 * Safe beside a running shop, and as often as wanted: numbers stay readable meanwhile and end the same.
 */
import { makePool } from '../adapters/postgres/pool.ts';
import { systemClock } from '../runtime/clock.ts';
import { makeProjector } from '../runtime/metrics/projector.ts';

/** Contract 2. */
const DEFAULT_ZONE = 'Asia/Dubai';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const url = process.env.DATABASE_URL ?? '';
if (url === '') {
  process.stderr.write('Set DATABASE_URL to the database whose metrics are to be rebuilt.\n');
  process.exit(78);
}
const pool = makePool(url, { max: 3, applicationName: 'treejar metrics:rebuild' });
try {
  const timeZone = process.env.BUSINESS_TIMEZONE || DEFAULT_ZONE;
  let shown = 0;
  await makeProjector({ pool, clock: systemClock, timeZone }).rebuild((read) => {
    if (read - shown < 1000) return;
    shown = read;
    say(`${read} conversations read`);
  });
  const { rows } = await pool.query('select count(*)::int as dialogues from metric_dialogue');
  say(`Done: ${rows[0]?.dialogues ?? 0} dialogues are counted.`);
} finally {
  await pool.end();
}

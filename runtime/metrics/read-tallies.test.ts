/** Sums of thirds are used only where they are as new as their days, and kept ones only as long as they are the newest. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { makeTallyReader, type ReadTallies } from './read-tallies.ts';

let db: TestDatabase;
let readTallies: ReadTallies;
beforeAll(async () => {
  db = await testDatabase();
  readTallies = makeTallyReader(db.pool);
});
afterAll(() => db.drop());

const keep = (span: string, dialogues: number, at: number) =>
  db.pool.query(
    `insert into metric_tally (span, tally, at) values ($1, $2, $3)
     on conflict (span) do update set tally = excluded.tally, at = excluded.at`,
    [span, JSON.stringify({ dialogues }), at],
  );
const read = async (...spans: string[]) =>
  Object.fromEntries(
    [...(await readTallies(spans))].map(([span, tallies]) => [
      span,
      tallies.map(({ dialogues }) => dialogues).toSorted(),
    ]),
  );

it('reads the days of a third that has no sum, or an older one than a day of it', async () => {
  await keep('2025-03-05', 3, 100);
  await keep('2025-03-10', 4, 100);
  await keep('2025-03-11', 50, 900);
  await keep('2025-03', 57, 900);
  expect(await read('2025-03~1', '2025-03~3', '2025-03-11')).toEqual({
    '2025-03~1': [3, 4],
    '2025-03-11': [50],
  });
  await keep('2025-03~1', 7, 100);
  expect(await read('2025-03~1')).toEqual({ '2025-03~1': [7] });
  // A replica that knows no thirds sums a day up again.
  await keep('2025-03-10', 5, 200);
  expect(await read('2025-03~1')).toEqual({ '2025-03~1': [3, 5] });
  await keep('2025-03~1', 8, 200);
  expect(await read('2025-03~1', '2025-03')).toEqual({ '2025-03~1': [8], '2025-03': [57] });
});

it('reads again what was summed up again, also within the same moment', async () => {
  await keep('2025-04', 1, 100);
  expect(await read('2025-04')).toEqual({ '2025-04': [1] });
  const [first] = (await readTallies(['2025-04'])).get('2025-04') ?? [];
  expect((await readTallies(['2025-04'])).get('2025-04')?.[0]).toBe(first);
  await keep('2025-04', 2, 100);
  expect(await read('2025-04')).toEqual({ '2025-04': [2] });
  await db.pool.query(`delete from metric_tally where span = '2025-04'`);
  expect(await read('2025-04')).toEqual({});
});

it('answers for more sums than it keeps', async () => {
  const months = Array.from(
    { length: 140 },
    (_, i) => `${2000 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
  );
  await Promise.all(months.map((month, i) => keep(month, i, 1)));
  for (let again = 0; again < 2; again++)
    expect(await read(...months)).toEqual(Object.fromEntries(months.map((month, i) => [month, [i]])));
});

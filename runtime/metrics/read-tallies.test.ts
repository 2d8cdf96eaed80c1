/** Sums of thirds are used only where they are as new as their days. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { readTallies } from './read-tallies.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
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
    [...(await readTallies(db.pool, spans))].map(([span, tallies]) => [
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

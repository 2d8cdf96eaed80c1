import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { type Cell, column, split } from './columns.ts';

let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase({ empty: true });
});

afterAll(() => db.drop());

const through = async (cells: readonly Cell[], type?: string): Promise<unknown> => {
  const { rows } = await db.pool.query(`select to_json(${split(1, type)}) as cells`, [column(cells)]);
  return rows[0].cells;
};

describe('columns', () => {
  it('reach the database as they are: no text, nulls, separators, quotes, other alphabets', async () => {
    const cells = [
      '',
      'a',
      null,
      '{"b":"c\\"}',
      'NULL',
      'x'.repeat(25),
      'مكتب ١٢ 😀',
      '\x01\x02',
      'é'.repeat(40),
    ];
    expect(await through(cells)).toEqual(cells);
    expect(await through([])).toEqual([]);
    expect(await through([null])).toEqual([null]);
  });

  it('are numbers and booleans where the statement says so', async () => {
    expect(await through([1, -2, 1_763_856_000_000, null], 'bigint')).toEqual([
      1,
      -2,
      1_763_856_000_000,
      null,
    ]);
    expect(await through([true, false], 'boolean')).toEqual([true, false]);
  });

  it('may be larger than what is kept ready for them, and the next one is whole again', async () => {
    const large = ['ب'.repeat(400_000), 'y'.repeat(900_000), null, 'z'];
    expect(await through(large)).toEqual(large);
    expect(await through(['a', 'b'])).toEqual(['a', 'b']);
  });

  it('with half a surrogate pair hold the sign for what cannot be shown', async () => {
    expect(await through(['😀'.slice(0, 1), `${'x'.repeat(30)}\udc00`])).toEqual([
      '\ufffd',
      `${'x'.repeat(30)}\ufffd`,
    ]);
  });
});

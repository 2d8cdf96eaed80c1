/**
 * The list of a shop with 100,000 conversations in a real database. Each page, tab, filter and count must be a few
 * ranges of indexes: judged by the plan and by how many rows it touched, never by how long it took. What is looked for
 * is hidden at the far end of the order, where a filter over it would have to pass everybody else.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillConversations } from '../../tests/support/many-conversations.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { countConversations, listConversations, MAX_COUNT } from './list-conversations.ts';
import { makeSearchWords } from './search-words.ts';
import type { ListQuery } from './views-api.ts';

const CONVERSATIONS = 100_000;
const PAGE = 50;
/** Rows that one page may touch in `conversation`: its own, those of the ranges that it was taken from, and nothing like everybody. */
const TOUCHED_LIMIT = 2000;
const NOW = 1_764_000_000_000;
const TOLD = process.env.LIST_TIMES === '1';

interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly Node[];
}

interface Planned {
  readonly touched: number;
  readonly scans: readonly string[];
  readonly ms: number;
}

let db: TestDatabase;

const nodesOf = (node: Node): readonly Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** The plans of the statements that `run` sends, as they went. */
const planned = async (run: () => Promise<unknown>): Promise<Planned> => {
  const sent: (readonly [string, unknown[]])[] = [];
  const query = db.pool.query.bind(db.pool);
  db.pool.query = ((text: string, values: unknown[]) => {
    sent.push([text, values]);
    return query(text, values);
  }) as typeof db.pool.query;
  try {
    await run();
  } finally {
    db.pool.query = query;
  }
  expect(sent).toHaveLength(1);
  const [text, values] = sent[0] ?? ['', []];
  const { rows } = await db.pool.query<{
    'QUERY PLAN': readonly { Plan: Node; 'Execution Time': number }[];
  }>(`explain (analyze, format json) ${text}`, values);
  const plan = rows[0]?.['QUERY PLAN'][0];
  if (plan === undefined) throw new Error('the database explained nothing');
  const reads = nodesOf(plan.Plan).filter((node) => /Scan$/.test(node['Node Type']));
  const touched = reads.map(
    (node) =>
      node['Actual Loops'] *
      (node['Actual Rows'] +
        (node['Rows Removed by Filter'] ?? 0) +
        (node['Rows Removed by Index Recheck'] ?? 0)),
  );
  return {
    touched: touched.reduce((sum, one) => sum + one, 0),
    scans: reads
      .filter((node) => node['Node Type'] === 'Seq Scan')
      .map((node) => node['Relation Name'] ?? '')
      .filter((relation) => relation.startsWith('conversation')),
    ms: plan['Execution Time'],
  };
};

const indexed = async (name: string, run: () => Promise<unknown>, limit = TOUCHED_LIMIT): Promise<void> => {
  const { touched, scans, ms } = await planned(run);
  if (TOLD) process.stdout.write(`${name}: ${ms.toFixed(1)} ms, ${touched} rows touched\n`);
  expect(scans, `${name} reads the whole table`).toEqual([]);
  expect(touched, `${name} reads too much`).toBeLessThan(limit);
};

const page = (query: Partial<ListQuery>) => listConversations(db.pool, { limit: PAGE, ...query }, NOW);

describe('the list of a hundred thousand conversations', () => {
  beforeAll(async () => {
    db = await testDatabase();
    await fillConversations(db.pool, CONVERSATIONS, NOW);
    await makeSearchWords(db.pool).sweep();
    await db.pool.query('analyze conversation_search');
  });
  afterAll(() => db.drop());

  const QUERIES: readonly (readonly [name: string, query: Partial<ListQuery>, found: number])[] = [
    ['the first page', {}, PAGE],
    ['who asked for a person', { owner: 'waiting' }, PAGE],
    ['who has a person', { owner: 'manager' }, PAGE],
    ['the bot at work', { owner: 'bot', waiting: true }, PAGE],
    ['waiting for the customer', { waiting: false }, PAGE],
    ['waiting for us', { waiting: true }, PAGE],
    ['stuck', { stuck: true }, PAGE],
    ['a rare language', { language: 'ar' }, PAGE],
    ['the common language', { language: 'en' }, PAGE],
    ['a language of an owner who has none', { owner: 'manager', language: 'ar' }, 0],
    ['nobody’s', { owner: 'nobody' }, 0],
    ['a stage nearly all are in', { state: 'lifecycle.open' }, PAGE],
    ['a rare stage', { state: 'deal.stuck' }, PAGE],
    ['a rare stage of the bot', { owner: 'bot', state: 'deal.stuck' }, PAGE],
  ];

  /** Which index is the better one is the database's guess from a sample of words: both are right, reading the table is not. */
  const SEARCHES: readonly (readonly [name: string, query: Partial<ListQuery>, found: number])[] = [
    ['a name', { q: 'Customer 77777' }, 1],
    ['a phone', { q: '971554321' }, 1],
    ['words', { q: 'desk number 4242' }, 11],
    ['words under a tab', { q: 'desk number 1006', waiting: true }, 1],
  ];

  it.each(QUERIES)('finds %s by an index', async (name, query, found) => {
    expect((await page(query)).items).toHaveLength(found);
    await indexed(name, () => page(query));
  });

  it.each(SEARCHES)('searches %s by an index', async (name, query, found) => {
    expect((await page(query)).items).toHaveLength(found);
    await indexed(name, () => page(query), Number.POSITIVE_INFINITY);
  });

  it.each([
    ['all', {}],
    ['a language', { language: 'en' as const }],
    ['a tab', { waiting: false }],
  ])('turns a page far down by its cursor: %s', async (name, query) => {
    const { rows } = await db.pool.query<{ conversation_id: string; sort_rank: number }>(
      `select conversation_id, sort_rank from conversation where language = 'en' order by sort_rank, conversation_id offset 90000 limit 1`,
    );
    const [row] = rows;
    if (row === undefined) throw new Error('the list is shorter than that');
    const cursor = Buffer.from(JSON.stringify([Number(row.sort_rank), row.conversation_id])).toString(
      'base64url',
    );
    expect((await page({ ...query, cursor })).items).toHaveLength(PAGE);
    await indexed(`far down, ${name}`, () => page({ ...query, cursor }));
  });

  it('gives each conversation of a filter once, in order, over its pages', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { items, next } = await page({ language: 'ar', limit: 30, ...(cursor ? { cursor } : {}) });
      seen.push(...items.map(({ id }) => id));
      cursor = next ?? undefined;
    } while (cursor !== undefined);
    const { rows } = await db.pool.query<{ id: string }>(
      `select conversation_id as id from conversation where language = 'ar' order by sort_rank, conversation_id`,
    );
    expect(seen).toEqual(rows.map(({ id }) => id));
    expect(seen).toHaveLength(100);
  });

  it('counts the tabs without reading more than they show', async () => {
    expect(await countConversations(db.pool, NOW)).toEqual({
      all: MAX_COUNT,
      needs: 200,
      bot: 100,
      customer: MAX_COUNT,
      stuck: 200,
      max: MAX_COUNT,
    });
    const { touched, scans, ms } = await planned(() => countConversations(db.pool, NOW));
    if (TOLD) process.stdout.write(`counts: ${ms.toFixed(1)} ms, ${touched} rows touched\n`);
    expect(scans).toEqual([]);
    expect(touched).toBeLessThan(6 * MAX_COUNT);
  });
});

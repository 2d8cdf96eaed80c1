/**
 * What is due for review in a shop with 100,000 conversations, some with journals from long before the look-back:
 * judged by the plan and by how many rows it touched, never by how long it took.
 */
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReviewScope } from '../../machines/review/review-id.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { findDue } from './due-reviews.ts';

const NOW = 1_764_000_000_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CONVERSATIONS = 100_000;
/** Spread evenly over a year: 274 a day. */
const GAP_MS = Math.floor((365 * DAY) / CONVERSATIONS);
/** Conversations of the last 30 days that a person was called into. */
const CALLED = 100;
/** Rows of each of their journals from before the look-back. */
const OLD_ROWS = 150;
const LIMIT = 20;

let db: TestDatabase;

/** Indexes of the list cost most of the filling, and no query here follows them. */
const FILL = [
  `do $$ declare one text; begin
     for one in select indexname from pg_indexes where tablename = 'conversation' and schemaname = 'public'
       and indexname not in ('conversation_pkey', 'conversation_quiet') loop
       execute format('drop index %I', one);
     end loop; end $$`,
  `insert into conversation (conversation_id, channel_id, chat_id, language, owner, states, state_paths, last_at, unanswered, seq,
     machine_version, sort_rank, search, created_at, updated_at)
   select 'wz:c1:' || i, 'c1', i::text, 'en', 'bot', '{}', '{}', ${NOW} - i * ${GAP_MS}::bigint, 0, 3, '1', 0, '', 0, 0
   from generate_series(1, ${CONVERSATIONS}) as i`,
  // Those older than the look-back need no words: nothing may look at them.
  `insert into message (conversation_id, message_id, sender, kind, text, status, status_rank, seq, changed_seq, at)
   select 'wz:c1:' || i, n::text, who, 'text', 'Hello', 'sent', 3, n, n, ${NOW} - i * ${GAP_MS}::bigint
   from generate_series(1, 2500) as i, (values (1, 'bot'), (2, 'manager')) as said(n, who)`,
  // All but every hundredth were reviewed.
  `insert into quality_review (review_id, conversation_id, scope, activity_at, state, asked_at, updated_at)
   select scope || i, 'wz:c1:' || i, scope, ${NOW} - i * ${GAP_MS}::bigint, 'scored', 1, 1
   from generate_series(1, 2500) as i, (values ('bot'), ('flags')) as scopes(scope) where i % 100 > 0`,
  `insert into alert (alert_id, conversation_id, reason, summary, at)
   select 'a' || i, 'wz:c1:' || i, 'r', 's', ${NOW} - 2 * ${DAY}::bigint from generate_series(1, ${CALLED}) as i`,
  // Long silent work of the assistant, then a hand-over of two days ago that was given back a day ago.
  `insert into journal (actor_id, seq, kind, at, event_id, cause, event, from_states, to_states, guards, context_diff, commands,
     timers, machine_version)
   select 'wz:c1:' || i, n, 'conversation', at, n::text, 'bot', '{}', to_jsonb(array[left_state]), to_jsonb(array[entered]), '[]',
     '[]', '[]', '[]', '1'
   from generate_series(1, ${CALLED}) as i, lateral (
     select n, ${NOW} - 200 * ${DAY}::bigint + n as at, 'turn.idle' as left_state, 'turn.thinking' as entered
     from generate_series(1, ${OLD_ROWS}) as n
     union all select ${OLD_ROWS + 1}, ${NOW} - 2 * ${DAY}::bigint, 'owner.bot', 'owner.waiting'
     union all select ${OLD_ROWS + 2}, ${NOW} - i * ${GAP_MS}::bigint + 1, 'owner.waiting', 'owner.bot') as steps`,
  'vacuum analyze conversation, message, quality_review, alert, journal',
];

interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Node[];
}

const nodesOf = (node: Node): readonly Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** How many rows of each table the statement of `findDue` reads, and which tables it reads whole. */
const planOf = async (scope: ReviewScope) => {
  let touched: Readonly<Record<string, number>> = {};
  let whole: readonly string[] = [];
  const explaining = {
    query: async (text: string, values: unknown[]) => {
      const { rows } = await db.pool.query<{ 'QUERY PLAN': readonly { readonly Plan: Node }[] }>(
        `explain (analyze, timing off, format json) ${text}`,
        values,
      );
      const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
      if (plan === undefined) throw new Error('the database explained nothing');
      const reads = nodesOf(plan).filter((node) => node['Relation Name'] !== undefined);
      whole = reads
        .filter((node) => node['Node Type'] === 'Seq Scan')
        .map((node) => node['Relation Name'] ?? '')
        // A hundred alerts are one page of the disk: reading them whole is right.
        .filter((relation) => relation !== 'alert');
      const sums: Record<string, number> = {};
      for (const node of reads) {
        const relation = node['Relation Name'] ?? '';
        const rowsOf = node['Actual Loops'] * (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0));
        sums[relation] = (sums[relation] ?? 0) + rowsOf;
      }
      touched = sums;
      return db.pool.query(text, values);
    },
  } as unknown as pg.Pool;
  const due = await findDue({ pool: explaining, clock: { now: () => NOW } }, scope, LIMIT);
  return { due, touched, whole };
};

describe('what is due for review among a hundred thousand conversations', () => {
  beforeAll(async () => {
    db = await testDatabase();
    for (const statement of FILL) await db.pool.query(statement);
  });
  afterAll(() => db.drop());

  it("of the assistant's dialogues reads the look-back only", async () => {
    const { due, touched, whole } = await planOf('bot');
    // Of a week's 1,917 (less three hours) every hundredth.
    expect(due).toHaveLength(Math.floor((7 * DAY) / GAP_MS / 100));
    expect(whole).toEqual([]);
    expect(touched.conversation).toBeLessThan(2500);
    expect(touched.quality_review).toBeLessThan(5000);
    expect(touched.message).toBeLessThan(5000);
  });

  it('of red flags reads the last day only', async () => {
    const { due, touched, whole } = await planOf('flags');
    expect(due).toHaveLength(Math.floor(DAY / GAP_MS / 100));
    expect(whole).toEqual([]);
    expect(touched.conversation).toBeLessThan(500);
    expect(touched.message).toBeLessThan(2500);
  });

  it("of managers' work reads no journal from before the look-back", async () => {
    const { due, touched, whole } = await planOf('manager');
    expect(due).toHaveLength(LIMIT);
    expect(whole).toEqual([]);
    // Two rows of each, passed on the way back to the first older one, and read.
    expect(touched.journal).toBeLessThanOrEqual(CALLED * 5);
    expect(touched.conversation ?? 0).toBeLessThan(500);
  });
});

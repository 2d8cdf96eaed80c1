/** Reads the records of some conversations: a few set-based queries, each along a key that begins with the conversation. */
import type pg from 'pg';
import { holdingLine } from '../../machines/conversation/texts.ts';
import {
  type ConversationRecord,
  type Printed,
  type Said,
  type Step,
  type Touched,
  WATCHED_PATHS,
  WATCHED_STATES,
} from '../../machines/metrics/record.ts';
import { findSkus } from '../../machines/sku/find-skus.ts';
import type { SkuIndex } from '../../machines/sku/sku-index.ts';

/** A message that never reached the customer was not said. */
const SAID_SQL = `select conversation_id, sender, author, at::float8 as at, text from message
  where conversation_id = any($1) and sender <> 'note' and status not in ('failed', 'dropped')
  order by conversation_id, at, message_id`;

const PATHS = WATCHED_PATHS.map((path) => `@.path == ${JSON.stringify(path)}`).join(' || ');

const STEPS_SQL = `select * from (
    select actor_id, seq, at::float8 as at, cause, event ->> 'type' as event,
      array(select state from unnest($2::text[]) as state where to_states ? state and not from_states ? state) as entered,
      jsonb_path_query_array(context_diff, '$[*] ? (${PATHS})') as changes
    from journal where actor_id = any($1) and ignored is null) as step
  where cardinality(entered) > 0 or jsonb_array_length(changes) > 0
  order by actor_id, seq`;

const QUOTES_SQL = `select conversation_id, floor(extract(epoch from printed_at) * 1000)::float8 as at,
    grand_total::text as amount
  from quotation_file where conversation_id = any($1) order by conversation_id, printed_at`;

/** Reminders of payments and requests for feedback are no follow-ups. */
const TOUCHES_SQL = `select conversation_id, kind, step, at::float8 as at from outreach_attempt
  where conversation_id = any($1) and outcome = 'send' and kind not in ('payment', 'feedback', 'order_check')
  order by conversation_id, at`;

interface SaidRow extends Pick<Said, 'author' | 'at'> {
  readonly conversation_id: string;
  readonly sender: Said['from'];
  readonly text: string;
}
type StepRow = Step & { readonly actor_id: string };
type QuoteRow = Printed & { readonly conversation_id: string };
type TouchRow = Touched & { readonly conversation_id: string };

const HOLDING: ReadonlySet<string> = new Set([holdingLine('en'), holdingLine('ar')]);

const articlesIn = (text: string, index: SkuIndex): readonly string[] => [
  ...new Set(
    findSkus(text, index).flatMap(({ resolution }) =>
      resolution.kind === 'ambiguous' ? [] : [resolution.sku],
    ),
  ),
];

const grouped = <Row>(rows: readonly Row[], idOf: (row: Row) => string): ReadonlyMap<string, Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(idOf(row));
    if (group) group.push(row);
    else groups.set(idOf(row), [row]);
  }
  return groups;
};

/** `index`: the catalog's article numbers. */
export const readRecords = async (
  db: pg.ClientBase,
  ids: readonly string[],
  index: SkuIndex,
): Promise<ReadonlyMap<string, ConversationRecord>> => {
  const said = grouped((await db.query<SaidRow>(SAID_SQL, [ids])).rows, (row) => row.conversation_id);
  const steps = grouped(
    (await db.query<StepRow>(STEPS_SQL, [ids, WATCHED_STATES])).rows,
    (row) => row.actor_id,
  );
  const quotes = grouped((await db.query<QuoteRow>(QUOTES_SQL, [ids])).rows, (row) => row.conversation_id);
  const touches = grouped((await db.query<TouchRow>(TOUCHES_SQL, [ids])).rows, (row) => row.conversation_id);
  return new Map(
    ids.map((id) => [
      id,
      {
        said: (said.get(id) ?? []).map(({ sender, author, at, text }) => ({
          from: sender,
          author,
          at,
          articles: articlesIn(text, index),
          holding: sender === 'bot' && HOLDING.has(text),
        })),
        steps: steps.get(id) ?? [],
        quotes: quotes.get(id) ?? [],
        touches: touches.get(id) ?? [],
      },
    ]),
  );
};

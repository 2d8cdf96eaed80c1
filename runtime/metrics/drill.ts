/** The conversations behind a number, newest first; behind a cost, dearest first. */
import type pg from 'pg';
import { type DialogueFilter, type Drill, metricOf } from '../../machines/metrics/definitions.ts';
import { decodeCursor, encodeCursor } from '../conversations/cursor.ts';
import { COSTS_SQL, costValues } from './cost-drill.ts';
import type { DayRange } from './metrics-api.ts';

export interface DrillItem {
  readonly conversationId: string;
  /** When it happened, or the dialogue began, ms since the epoch. */
  readonly at: number;
  /** Who caused it. */
  readonly by: string;
  /** What the list is grouped by: a reason, a language, a manager. */
  readonly key: string;
  /** Ms or a number. */
  readonly value: number | null;
  /** Decimal text. */
  readonly amount: string | null;
  /** Null: the person was erased. */
  readonly name: string | null;
  readonly known: boolean;
}

export interface DrillPage {
  readonly items: readonly DrillItem[];
  readonly next: string | null;
}

export interface DrillQuery {
  /** Ms since the epoch, `end` excluded. */
  readonly begin: number;
  readonly end: number;
  /** The same as business days. */
  readonly days: DayRange;
  readonly limit: number;
  readonly cursor?: string;
  /** Only one part of the number. */
  readonly key?: string;
}

/**
 * Looked for with index `metric_dialogue_customer` for each dialogue until the page is full; without `offset 0` all of the
 * period would be joined with all of the shop first.
 */
const OTHER_DIALOGUE = `select from metric_dialogue o where o.customer = d.customer and o.started_at < $2
      and (o.conversation_id, o.number) <> (d.conversation_id, d.number) offset 0`;

/** Conditions on a dialogue, and what is shown of it. No text of a request becomes SQL. */
const DIALOGUES: Readonly<Record<DialogueFilter, readonly [where: string, key: string, value: string]>> = {
  all: ['true', 'd.language', 'd.customer_messages + d.bot_messages + d.manager_messages'],
  new: [`not exists (${OTHER_DIALOGUE})`, 'd.language', 'd.customer_messages'],
  returning: [`exists (${OTHER_DIALOGUE})`, 'd.language', 'd.customer_messages'],
  target: ['d.target', 'd.language', 'd.customer_messages'],
  non_target: ['not d.target', 'd.language', 'd.customer_messages'],
  involved: ['d.involved', 'd.language', 'd.bot_messages'],
  alone: ['d.alone', 'd.language', 'd.bot_messages'],
  durable: ['d.durable', 'd.language', 'd.bot_messages'],
  reopened: ['d.reopened and d.ended', 'd.language', 'd.customer_messages'],
  answered: ['d.first_answer_ms is not null', 'd.first_answer_by', 'd.first_answer_ms'],
  slow_replies: [
    'cardinality(d.bot_reply_ms) > 0',
    'd.language',
    '(select max(ms) from unnest(d.bot_reply_ms) as ms)',
  ],
};

const NAMED = `left join conversation c on c.conversation_id = found.conversation_id`;
const SHOWN = `found.*, c.name, c.conversation_id is not null as known`;

/**
 * `$1` and `$2` bound the time; `$3` and `$4` are the cursor, `$5` the key or null, `$6` the limit. Happenings also have
 * their kind (`$7`), the keys of the metric (`$8`) and the cursor's position: several may lie in one moment (`$9`).
 */
const sqlOf = (drill: Drill): string => {
  switch (drill.of) {
    case 'dialogues': {
      const [where, key, value] = DIALOGUES[drill.where];
      return `select ${SHOWN} from (
          select d.conversation_id, d.started_at::float8 as at, d.started_by as by, coalesce(${key}, '') as key,
            (${value})::float8 as value, null::text as amount, d.segment
          from metric_dialogue d where d.started_at >= $1 and d.started_at < $2
            and (d.started_at, d.conversation_id) < ($3, $4) and (${where})
            and ($5::text is null or d.language = $5 or coalesce(d.segment, '') = $5 or d.started_by = $5)
          order by d.started_at desc, d.conversation_id desc limit $6) as found ${NAMED}
        order by found.at desc, found.conversation_id desc`;
    }
    case 'happenings':
      return `select ${SHOWN} from (
          select e.conversation_id, e.at::float8 as at, e.by, e.key, e.value::float8 as value, e.amount::text as amount,
            e.position
          from metric_event e where e.kind = $7 and e.at >= $1 and e.at < $2
            and (e.at, e.conversation_id, e.position) < ($3, $4, $9) and ($5::text is null or e.key = $5)
            and ($8::text[] is null or e.key = any($8))
          order by e.at desc, e.conversation_id desc, e.position desc limit $6) as found ${NAMED}
        order by found.at desc, found.conversation_id desc, found.position desc`;
    case 'waiting':
      return `select c.conversation_id, c.waiting_since::float8 as at, 'customer' as by, c.owner as key,
          c.unanswered::float8 as value, null::text as amount, c.name, true as known
        from conversation c where c.sort_rank < -50000000000000 and c.waiting_since is not null
          and (c.waiting_since, c.conversation_id) < ($3, $4) and ($5::text is null or c.owner = $5)
          and $1::bigint <= $2::bigint
        order by c.waiting_since desc, c.conversation_id desc limit $6`;
    case 'feedback':
      return `select f.conversation_id, f.at::float8 as at, 'customer' as by, coalesce(f.order_number, '') as key,
          f.overall::float8 as value, null::text as amount, c.name, true as known
        from feedback f left join conversation c using (conversation_id)
        where f.at >= $1 and f.at < $2 and (f.at, f.conversation_id) < ($3, $4)
          and ($5::text is null or f.order_number = $5)
        order by f.at desc, f.conversation_id desc limit $6`;
    case 'reviews':
      return `select r.conversation_id, r.updated_at::float8 as at, 'job' as by, coalesce(r.manager, r.rating, 'thin') as key,
          r.total::float8 as value, null::text as amount, c.name, true as known
        from quality_review r left join conversation c using (conversation_id)
        where r.scope = $7 and r.state = 'scored' and r.total is not null and r.updated_at >= $1 and r.updated_at < $2
          and (r.updated_at, r.conversation_id) < ($3, $4) and ($5::text is null or coalesce(r.manager, r.rating, 'thin') = $5)
        order by r.updated_at desc, r.conversation_id desc limit $6`;
    case 'costs':
      return COSTS_SQL;
  }
};

interface Row {
  readonly conversation_id: string;
  readonly at: number;
  readonly by: string;
  readonly key: string;
  readonly value: number | null;
  readonly amount: string | null;
  readonly name: string | null;
  readonly known: boolean;
  /** Of a happening, within its conversation. */
  readonly position?: number;
  /** Of a cost, billionths of a US dollar. */
  readonly rank?: number;
}

/** What {@link sqlOf} has places for. `after`: the rank or time, the conversation and the position to go on after. */
const valuesOf = (
  drill: Drill,
  { begin, end, days, key, limit }: DrillQuery,
  [rank, id, position]: readonly [rank: number, id: string, position: number],
): readonly unknown[] => {
  if (drill.of === 'costs')
    return costValues({ days, after: [rank, id], job: key ?? null, limit: limit + 1, review: drill.review });
  const values = [begin, end, rank, id, key ?? null, limit + 1];
  switch (drill.of) {
    case 'happenings':
      return [...values, drill.kind, drill.keys ?? null, position];
    case 'reviews':
      return [...values, drill.scope];
    default:
      return values;
  }
};

/** Null: there is no such metric, or it has no list. Throws BadCursor. */
export const drillInto = async (
  pool: pg.Pool,
  metricId: string,
  query: DrillQuery,
): Promise<DrillPage | null> => {
  const drill = metricOf(metricId)?.drill ?? null;
  if (drill === null) return null;
  const [at, id] =
    query.cursor === undefined ? ([Number.MAX_SAFE_INTEGER, ''] as const) : decodeCursor(query.cursor);
  const [conversationId = '', position = '0'] = id.split(' ');
  const values = valuesOf(drill, query, [at, conversationId, Number(position)]);
  const { rows } = await pool.query<Row>(sqlOf(drill), [...values]);
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => ({
      conversationId: row.conversation_id,
      at: row.at,
      by: row.by,
      key: row.key,
      value: row.value,
      amount: row.amount,
      name: row.name,
      known: row.known,
    })),
    next: last ? encodeCursor([last.rank ?? last.at, `${last.conversation_id} ${last.position ?? 0}`]) : null,
  };
};

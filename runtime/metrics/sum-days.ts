/** Sums up the days that were marked, and the months they belong to. */
import type pg from 'pg';
import { HAPPENING_KINDS } from '../../machines/metrics/record.ts';
import { mergeTallies, type Tally } from '../../machines/metrics/tally.ts';
import { type DialogueRow, type HappenedRow, tallyDay } from '../../machines/metrics/tally-day.ts';
import { boundsOf, daysOfThird, monthOf, thirdOf } from './business-days.ts';

const DIALOGUES_SQL = `select d.language, d.segment, d.started_by, before.day::text as previous_day,
    coalesce(before.earlier, 0)::int as earlier,
    d.customer_messages + d.bot_messages + d.manager_messages as messages,
    d.first_answer_ms::float8 as first_answer_ms, d.bot_reply_ms::float8[] as bot_reply_ms,
    d.manager_reply_ms::float8[] as manager_reply_ms, d.target, d.involved, d.person, d.ended, d.alone, d.durable, d.reopened
  from metric_dialogue d
  left join lateral (
    select max(p.day) as day, count(*) as earlier from metric_dialogue p
    where p.customer = d.customer and (p.started_at, p.conversation_id, p.number)
      < (d.started_at, d.conversation_id, d.number)) as before on true
  where d.started_at >= $1 and d.started_at < $2`;

const HAPPENED_SQL = `select kind, key, by, count(*)::int as n, coalesce(sum(value), 0)::float8 as value,
    coalesce(sum(amount) * 100, 0)::float8 as amount, count(amount)::int as priced
  from metric_event where kind = any($3) and at >= $1 and at < $2 group by kind, key, by`;

/** What customers thought, counted where they said it (domain 18.3). */
const FEEDBACK_SQL = `select 'feedback' as kind, part.key, 'customer' as by, part.n::int as n, coalesce(part.value, 0)::float8 as value,
    0::float8 as amount, 0 as priced
  from (select count(*) as n, count(overall) as overall_n, sum(overall) as overall, count(delivery) as delivery_n,
      sum(delivery) as delivery, count(*) filter (where recommend) as yes, count(*) filter (where not recommend) as no
    from feedback where at >= $1 and at < $2) as f
  cross join lateral (values ('all', f.n, null::bigint), ('overall', f.overall_n, f.overall),
    ('delivery', f.delivery_n, f.delivery), ('yes', f.yes, null), ('no', f.no, null)) as part(key, n, value)
  where part.n > 0`;

/**
 * Of dialogues only what had enough to be judged counts for the mean (domain 6.5); a manager's work is never thin. Red
 * flags are no scores.
 */
const REVIEWS_SQL = `select case scope when 'bot' then 'review' else 'manager_review' end as kind,
    case when scope = 'manager' then coalesce(manager, '') when rating is null then 'thin' else 'scored' end as key,
    'job' as by, count(*)::int as n, coalesce(sum(total), 0)::float8 as value, 0::float8 as amount, 0 as priced
  from quality_review where scope in ('bot', 'manager') and state = 'scored' and total is not null
    and updated_at >= $1 and updated_at < $2 group by 1, 2`;

const KEEP_SQL = `insert into metric_tally (span, tally, at) values ($1, $2, $3)
  on conflict (span) do update set tally = excluded.tally, at = excluded.at`;
/** Days lie between bounds of text; months and thirds do not. */
const DAYS_SQL = 'select tally from metric_tally where span between $1 and $2';

const sumDay = async (db: pg.ClientBase, day: string, timeZone: string): Promise<Tally> => {
  const { begin, end } = boundsOf(day, day, timeZone);
  const dialogues = await db.query<DialogueRow>(DIALOGUES_SQL, [begin, end]);
  const happened = await db.query<HappenedRow>(HAPPENED_SQL, [begin, end, HAPPENING_KINDS]);
  const feedback = await db.query<HappenedRow>(FEEDBACK_SQL, [begin, end]);
  const reviews = await db.query<HappenedRow>(REVIEWS_SQL, [begin, end]);
  return tallyDay(dialogues.rows, [...happened.rows, ...feedback.rows, ...reviews.rows]);
};

const sumOfDays = async (db: pg.ClientBase, first: string, last: string): Promise<Tally> => {
  const { rows } = await db.query<{ tally: Tally }>(DAYS_SQL, [first, last]);
  return mergeTallies(rows.map(({ tally }) => tally));
};

/** Days of one commit. */
const DAYS_PER_COMMIT = 31;

/** Takes marked days, sums them up, their thirds of months and their months: inside the caller's transaction. Answers how many days. */
export const sumMarkedDays = async (db: pg.ClientBase, timeZone: string, now: number): Promise<number> => {
  const { rows } = await db.query<{ day: string }>(
    `delete from metric_dirty_day where day in (select day from metric_dirty_day order by day limit $1)
     returning day::text as day`,
    [DAYS_PER_COMMIT],
  );
  const days = rows.map(({ day }) => day);
  for (const day of days) {
    const tally = await sumDay(db, day, timeZone);
    await db.query(KEEP_SQL, [day, JSON.stringify(tally), now]);
  }
  for (const third of new Set(days.map(thirdOf))) {
    const within = daysOfThird(third);
    if (within)
      await db.query(KEEP_SQL, [third, JSON.stringify(await sumOfDays(db, within.first, within.last)), now]);
  }
  for (const month of new Set(days.map(monthOf))) {
    await db.query(KEEP_SQL, [month, JSON.stringify(await sumOfDays(db, `${month}-01`, `${month}-31`)), now]);
  }
  return days.length;
};

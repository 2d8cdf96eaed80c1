/**
 * A year of a shop as metrics see it: conversations, the facts read out of them, reviews, feedback and money, the same for
 * the same seed. Set-based: a year of a thousand dialogues a day is some minutes of one PostgreSQL.
 */
import type pg from 'pg';

export interface Year {
  readonly days: number;
  readonly perDay: number;
  /** The last moment, ms since the epoch. */
  readonly until: number;
  readonly seed: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** Random numbers in [0, 1) by row and purpose: no order of evaluation changes them. */
const CHANCE = `create function pg_temp.chance(which bigint, purpose text, seed text) returns float8
  immutable parallel safe language sql
  return (('x' || substr(md5(seed || ':' || which || ':' || purpose), 1, 8))::bit(32)::bigint) / 4294967296.0`;

/** Three of four customers are new; the others were seen before, at any time. */
const PLAN = `create temp table plan as
  select i, case when pg_temp.chance(i, 'new', $3) < 0.75 then i else 1 + floor(pg_temp.chance(i, 'who', $3) * i)::bigint end
      as person,
    ($2::bigint - $1::bigint * 86400000 + floor((i - 1) * ($1::float8 * 86400000) / $4))::bigint as started_at
  from generate_series(1, $4::bigint) as i`;

const PERSON = `'wz:c1:9715' || lpad(person::text, 8, '0')`;

const CONVERSATIONS = `insert into conversation (conversation_id, channel_id, chat_id, name, language, owner, states, state_paths,
    last_from, last_kind, last_text, last_at, unanswered, seq, machine_version, sort_rank, search, created_at, updated_at)
  select ${PERSON}, 'c1', '9715' || lpad(person::text, 8, '0'), 'Customer ' || person, 'en', 'bot', '{}', '{}', 'bot', 'text',
    'Thank you.', max(started_at), 0, count(*), '3', -max(started_at), '', min(started_at), max(started_at)
  from plan group by person`;

const PROGRESS = `insert into metric_progress (conversation_id, seq) select conversation_id, seq from conversation`;

const DIALOGUES = `insert into metric_dialogue (conversation_id, number, customer, day, started_at, started_by, last_at, language,
    segment, customer_messages, bot_messages, manager_messages, first_answer_ms, first_answer_by, bot_reply_ms,
    manager_reply_ms, target, involved, person, ended, alone, durable, reopened)
  select ${PERSON}, row_number() over (partition by person order by i), '9715' || lpad(person::text, 8, '0'),
    (to_timestamp(started_at / 1000.0) at time zone $2)::date, started_at, 'customer', started_at + 900000,
    case when pg_temp.chance(i, 'language', $1) < 0.12 then 'ar' else 'en' end,
    case when pg_temp.chance(i, 'segment', $1) < 0.3 then (array['Wholesale', 'Retail chain', 'Designer'])[1 + i % 3] end,
    4, 4, case when person_called then 2 else 0 end,
    floor(exp(8.2 + 1.1 * (pg_temp.chance(i, 'a', $1) + pg_temp.chance(i, 'b', $1) - 1))), 'bot',
    array(select floor(exp(8.1 + 1.6 * (pg_temp.chance(i * 7 + n, 'c', $1) + pg_temp.chance(i * 7 + n, 'd', $1) - 1)))::bigint
      from generate_series(1, 4) as n),
    case when person_called then array[floor(300000 + 1500000 * pg_temp.chance(i, 'e', $1))::bigint] else '{}' end,
    pg_temp.chance(i, 'target', $1) < 0.7, true, person_called, true, not person_called,
    case when started_at < $3::bigint - 604800000 then not person_called end,
    pg_temp.chance(i, 'again', $1) < 0.2
  from (select *, pg_temp.chance(i, 'called', $1) < 0.2 as person_called from plan) as p`;

/** Each kind: how likely, how long after the beginning (ms), by whom, the key, the value, the amount. */
const KINDS: readonly (readonly [
  kind: string,
  chance: string,
  after: number,
  by: string,
  key: string,
  value: string,
  amount: string,
])[] = [
  [
    'hand_over',
    'called < 0.17',
    60_000,
    'bot',
    `(array['1','3','4','5','7','11','14','17','order'])[1 + floor(9 * d * d)::int]`,
    'null',
    'null',
  ],
  ['take_over', 'called >= 0.17 and called < 0.2', 60_000, 'manager', `''`, 'null', 'null'],
  [
    'person_answer',
    'called < 0.16',
    60_000,
    'manager',
    `(array['Aisha','Omar','Layla','Samir'])[1 + floor(4 * d)::int]`,
    '300000 + floor(1500000 * e)',
    'null',
  ],
  [
    'person_part',
    'called < 0.2',
    400_000,
    'manager',
    `(array['Aisha','Omar','Layla','Samir'])[1 + floor(4 * d)::int]`,
    '2',
    'null',
  ],
  ['quote', 'sold < 0.24', 500_000, 'bot', `''`, 'null', '900 + floor(20000 * d * d)'],
  [
    'sale',
    'sold < 0.11',
    700_000,
    'customer',
    `case when called < 0.2 then 'person' else 'noor' end`,
    'null',
    '900 + floor(20000 * d * d)',
  ],
  [
    'person_sale',
    'sold < 0.11 and called < 0.2',
    700_000,
    'manager',
    `(array['Aisha','Omar','Layla','Samir'])[1 + floor(4 * d)::int]`,
    'null',
    '900 + floor(20000 * d * d)',
  ],
  [
    'person_won',
    'sold < 0.11 and called < 0.2',
    60_000,
    'manager',
    `'hand_over'`,
    'null',
    '900 + floor(20000 * d * d)',
  ],
  [
    'refusal',
    'sold >= 0.11 and sold < 0.19',
    800_000,
    'customer',
    `(array['rejected','no_response','expired','closed'])[1 + floor(4 * d)::int]`,
    'null',
    'null',
  ],
  [
    'touch',
    'sold >= 0.11 and sold < 0.24',
    82_800_000,
    'job',
    `'follow_up:' || (1 + floor(3 * d)::int)`,
    'null',
    'null',
  ],
  [
    'touch_answered',
    'sold >= 0.11 and sold < 0.15',
    82_800_000,
    'customer',
    `'follow_up:' || (1 + floor(3 * d)::int)`,
    '3600000',
    'null',
  ],
  ['touch', 'sold < 0.02', 600_000, 'job', `'follow_up:1'`, 'null', 'null'],
  ['touch_answered', 'sold < 0.02', 600_000, 'customer', `'follow_up:1'`, '90000', 'null'],
  ['touch_sale', 'sold < 0.02', 600_000, 'customer', `'follow_up:1'`, 'null', '900 + floor(20000 * d * d)'],
  ['delivered', 'sold < 0.08', 432_000_000, 'job', `''`, 'null', '900 + floor(20000 * d * d)'],
  ['opt_out', 'e >= 0.995', 900_000, 'customer', `''`, 'null', 'null'],
  ['return', 'person <> i', 0, 'customer', `''`, '691200000 + floor(5184000000 * d)', 'null'],
  ['article', 'd < 0.8', 1000, 'customer', `'CH-' || (100 + floor(900 * e * e * e)::int)`, 'null', 'null'],
  ['article', 'e < 0.4', 2000, 'bot', `'DS-' || (100 + floor(900 * d * d * d)::int)`, 'null', 'null'],
];

const eventsSql =
  (): string => `insert into metric_event (conversation_id, position, kind, at, by, key, value, amount)
  select conversation_id, row_number() over (partition by conversation_id order by i, kind, at), kind, at, by, key, value, amount
  from (${KINDS.map(
    ([kind, chance, after, by, key, value, amount]) =>
      `select ${PERSON} as conversation_id, i, '${kind}' as kind, started_at + ${after} as at, '${by}' as by, ${key} as key,
        (${value})::bigint as value, (${amount})::numeric as amount from chances where ${chance}`,
  ).join(' union all ')}) as all_events where at <= $1`;

const CHANCES = `create temp table chances as select *, pg_temp.chance(i, 'called', $1) as called,
  pg_temp.chance(i, 'sold', $1) as sold, pg_temp.chance(i, 'd', $1) as d, pg_temp.chance(i, 'e', $1) as e from plan`;

const REVIEWS = `insert into quality_review (review_id, conversation_id, activity_at, state, asked_at, updated_at, total, ceiling, rating)
  select 'review:' || i, ${PERSON}, started_at, 'scored', started_at, started_at + 11000000,
    round((16 + 12 * d)::numeric, 1), 30, 'good' from chances where e < 0.1`;
const MANAGER_REVIEWS = `insert into quality_review (review_id, conversation_id, scope, activity_at, state, asked_at, updated_at,
    total, ceiling, rating, manager, detail)
  select 'review:manager:' || i, ${PERSON}, 'manager', started_at, 'scored', started_at, started_at + 11000000,
    round((8 + 11 * e)::numeric, 1), 20, case when e < 0.1 then 'poor' else 'good' end,
    (array['Aisha','Omar','Layla','Samir'])[1 + floor(4 * d)::int],
    jsonb_build_object('measures', jsonb_build_object('firstResponseMs', 300000 + floor(1500000 * e), 'converted', d < 0.3,
        'messages', 5, 'dealAmount', null),
      'verdict', jsonb_build_object('criteria', (select jsonb_agg(jsonb_build_object('rule', n, 'score', 1,
        'comment', md5(i || ':' || n) || md5(n || ':' || i), 'quotes', jsonb_build_array(md5(i || '-' || n))))
        from generate_series(1, 10) as n)))
  from chances where called < 0.16`;
/** One look of three; one of a hundred found something, one of two hundred failed. */
const FLAG_REVIEWS = `insert into quality_review (review_id, conversation_id, scope, activity_at, state, asked_at, updated_at,
    flags, reason)
  select 'review:flags:' || i, ${PERSON}, 'flags', started_at, case when d < 0.005 then 'failed' else 'scored' end, started_at,
    started_at + 1000000, case when e < 0.01 then array['ignored_question'] else '{}' end,
    case when d < 0.005 then 'ReadingLost' end
  from chances where sold >= 0.67`;
const FEEDBACK = `insert into feedback (conversation_id, overall, delivery, recommend, requested_at, at)
  select ${PERSON}, 3 + floor(3 * d), 2 + floor(4 * e), d < 0.8, max(started_at), max(started_at)
  from chances where sold < 0.04 group by person, d, e on conflict do nothing`;
const SPEND = `insert into model_spend (day, job, shard, calls, failed, unbilled, prompt_tokens, cached_tokens, completion_tokens,
    reasoning_tokens, cost_usd)
  select day, job, shard, 100, 0, 0, 0, 0, 0, 0, round((per * count(*) / 8)::numeric, 6)
  from metric_dialogue, (values ('dialogue', 0.011), ('quality', 0.002), ('summary', 0.001)) as jobs(job, per),
    generate_series(0, 7) as shard group by day, job, shard, per`;
const DIRTY = `insert into metric_dirty_day (day) select day from metric_dialogue
  union select (to_timestamp(at / 1000.0) at time zone $1)::date from metric_event on conflict do nothing`;

/** Fills an empty, migrated database; sums are not made yet. Answers how many dialogues there are. */
export const fillYear = async (
  pool: pg.Pool,
  { days, perDay, until, seed, timeZone }: Year,
): Promise<number> => {
  const db = await pool.connect();
  try {
    const total = days * perDay;
    await db.query(CHANCE);
    await db.query(PLAN, [days, until, seed, total]);
    await db.query(CHANCES, [seed]);
    await db.query(CONVERSATIONS);
    await db.query(PROGRESS);
    await db.query(DIALOGUES, [seed, timeZone, until]);
    await db.query(eventsSql(), [until]);
    await db.query(REVIEWS);
    await db.query(MANAGER_REVIEWS);
    await db.query(FLAG_REVIEWS);
    await db.query(FEEDBACK);
    await db.query(SPEND);
    await db.query(DIRTY, [timeZone]);
    await db.query('update metric_cursor set looked_at = $1', [until]);
    await db.query('drop table plan, chances');
    return total;
  } finally {
    db.release();
  }
};

/** Conversations as the product leaves them, not read yet: eight messages and a dozen journal rows each. */
export const tellConversations = async (pool: pg.Pool, count: number, at: number): Promise<void> => {
  const id = `'wz:c9:9719' || lpad(i::text, 8, '0')`;
  const when = '($2::bigint - ($1::bigint - i) * 1000)';
  await pool.query(
    `insert into conversation (conversation_id, channel_id, chat_id, language, owner, states, state_paths, unanswered, seq,
       machine_version, sort_rank, search, created_at, updated_at, last_at)
     select ${id}, 'c9', '9719' || lpad(i::text, 8, '0'), 'en', 'bot', '{}', '{}', 0, 40, '3', -${when}, '', ${when}, ${when}, ${when}
     from generate_series(1, $1::int) as i`,
    [count, at],
  );
  await pool.query(
    `insert into message (conversation_id, message_id, sender, kind, text, status, status_rank, seq, changed_seq, at)
     select ${id}, 'm' || n, case when n % 2 = 0 then 'customer' else 'bot' end, 'text',
       case when n % 2 = 0 then 'I would like to know more about the CH-' || (100 + i % 800) || ' for our new office.'
         else 'The chair CH-' || (100 + i % 800) || ' costs AED 450.00 and there are 12 in stock. Shall I prepare a quotation for it?' end,
       'sent', 3, n, n, ${when} - (8 - n) * 5000
     from generate_series(1, $1::int) as i, generate_series(0, 7) as n`,
    [count, at],
  );
  const states = (turn: string) =>
    JSON.stringify([
      'afterSale.idle',
      'consent.not_asked',
      'customer.new',
      'deal.none',
      'lifecycle.open',
      'order.exploring',
      'outreach.idle',
      'owner.bot',
      'transcript',
      turn,
      'window.open',
    ]);
  await pool.query(
    `insert into journal (actor_id, seq, kind, at, event_id, cause, event, from_states, to_states, guards, context_diff, commands,
       timers, machine_version)
     select ${id}, n, 'conversation', ${when} - (40 - n) * 1000, n::text, 'result',
       jsonb_build_object('type', 'xstate.done.actor.think', 'output', repeat('x', 600)), $3::jsonb, $4::jsonb, '[]',
       jsonb_build_array(jsonb_build_object('op', 'replace', 'path', '/context/turn/number', 'value', n),
         jsonb_build_object('op', 'add', 'path', '/context/dialogue/0', 'value', repeat('y', 200))), '[]', '[]', '3'
     from generate_series(1, $1::int) as i, generate_series(1, 40) as n`,
    [count, at, states('turn.idle'), states('turn.speaking')],
  );
};

/** Rows of the manager's list by the hundred thousand, made by the database: what a shop of some years has. */
import type pg from 'pg';

/**
 * Everybody is the bot's and English, and none waits; but for a thousandth of each kind among the quietest, and a
 * thousandth whose answer is owed since an hour. Nobody has a journal: only the list knows them. The ids end in 1 to `count`.
 */
const FILL = `insert into conversation (conversation_id, channel_id, chat_id, name, language, owner, states, state_paths,
    last_from, last_kind, last_text, last_at, waiting_since, unanswered, seq, machine_version, sort_rank, search, created_at, updated_at)
  select 'wz:main:' || n, 'main', '9715' || n, 'Customer ' || n,
    case when n % 1000 = 1 then 'ar' else 'en' end,
    case n % 1000 when 2 then 'waiting' when 3 then 'manager' else 'bot' end,
    states, states || 'lifecycle'::text, 'customer', 'text', 'I need desk number ' || n, at,
    waiting, case when waiting is null then 0 else 1 end, 0, '1',
    coalesce(waiting - 100000000000000, -at), 'customer ' || n || ' 9715' || n || ' i need desk number ' || n, at, at
  from (select n,
      case when n % 1000 between 1 and 5 then $1::bigint - 90 * 86400000::bigint - n else $1::bigint - n * 60 end as at,
      case when n % 1000 = 6 then $1::bigint - 3600000 - n end as waiting,
      array['lifecycle.open', case when n % 1000 = 5 then 'deal.stuck' else 'deal.none' end, 'turn.idle'] as states
    from generate_series(1, $2::integer) as n) as one`;

/** `newestAt`: of the last activity, ms since the epoch. */
export const fillConversations = async (pool: pg.Pool, count: number, newestAt: number): Promise<void> => {
  await pool.query(FILL, [newestAt, count]);
  await pool.query('analyze conversation');
};

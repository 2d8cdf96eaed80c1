/** The statements of the books (`sql/0008_model_calls.sql`). */

/**
 * Everybody who reserves takes this lock first, on every replica, so that two calls cannot both take the last money.
 * It is held for one statement: about a thousand calls a second.
 */
export const LOCK_SQL = "begin; select pg_advisory_xact_lock(hashtext('model_budget'))";

/**
 * $1 conversation, $2 call, $3 job, $4 now (ms), $5 time zone, $6 prompt versions, $7 reserved, $8 the job's limit,
 * $9 the shop's limit, $10 ms after which a running call is lost, $11 the share of the shop's limit that is this job's.
 * $12 whether this call must fit into what is left with all that it can cost, or there need only be something left.
 * A call that ended without a bill counts as much as the job's mean call of the day.
 */
export const RESERVE_SQL = `
with today as (select (to_timestamp($4::bigint / 1000.0) at time zone $5)::date as day),
spent as (
  select job, sum(cost_usd) + sum(unbilled) * coalesce(sum(cost_usd) / nullif(sum(calls) - sum(unbilled), 0), 0) as usd
    from model_spend where day = (select day from today) group by job),
flying as (
  select job, sum(reserved_usd) as usd from model_call
   where outcome = 'running' and at > $4::bigint - $10::bigint group by job),
used as (
  select coalesce(sum(usd) filter (where job = $3), 0) as job_usd, coalesce(sum(usd), 0) as shop_usd
    from (select job, usd from spent union all select job, usd from flying) as money),
has as (
  select case when $12 then job_usd + $7::numeric <= $8::numeric else job_usd < $8::numeric end as job,
         case when $12 then shop_usd + $7::numeric <= $9::numeric * $11::numeric
              else shop_usd < $9::numeric * $11::numeric end as shop
    from used),
kept as (
  insert into model_call (conversation_id, call_id, job, day, at, outcome, prompt_versions, reserved_usd)
  select $1, $2, $3, today.day, $4::bigint, 'running', $6::text[], $7::numeric from today, has where has.job and has.shop
  on conflict do nothing returning 1)
select today.day::text as day, round(used.job_usd, 4)::text as job_usd, round(used.shop_usd, 4)::text as shop_usd,
       has.job as job_has, has.shop as shop_has,
       round($9::numeric * $11::numeric, 2)::text as shop_limit, exists (select 1 from kept) as kept
  from today, used, has`;

/** Adds ended calls to the day's sums; `done` has one row a call. */
const ADD_UP = `
insert into model_spend (day, job, shard, calls, failed, unbilled, prompt_tokens, cached_tokens, completion_tokens,
                         reasoning_tokens, cost_usd)
select day, job, abs(hashtext(call_id) % 8), count(*), count(*) filter (where outcome <> 'answered'),
       count(*) filter (where cost_usd is null), sum(prompt_tokens), sum(cached_tokens), sum(completion_tokens),
       sum(reasoning_tokens), coalesce(sum(cost_usd), 0)
  from done group by 1, 2, 3 order by 1, 2, 3
on conflict (day, job, shard) do update set
  calls = model_spend.calls + excluded.calls, failed = model_spend.failed + excluded.failed,
  unbilled = model_spend.unbilled + excluded.unbilled,
  prompt_tokens = model_spend.prompt_tokens + excluded.prompt_tokens,
  cached_tokens = model_spend.cached_tokens + excluded.cached_tokens,
  completion_tokens = model_spend.completion_tokens + excluded.completion_tokens,
  reasoning_tokens = model_spend.reasoning_tokens + excluded.reasoning_tokens,
  cost_usd = model_spend.cost_usd + excluded.cost_usd`;

/** Once: a call that has ended already is left alone, and nothing is added twice. */
export const SETTLE_SQL = `
with done as (
  update model_call set outcome = $3, error_class = $4, model = $5, provider = $6, generation_id = $7,
         prompt_tokens = $8, cached_tokens = $9, completion_tokens = $10, reasoning_tokens = $11,
         cost_usd = $12::numeric, duration_ms = $13, finish_reason = $14
   where conversation_id = $1 and call_id = $2 and outcome = 'running' returning *)
${ADD_UP}`;

/** Calls whose replica died. $1 now (ms), $2 ms after which a running call is lost. */
export const LOSE_SQL = `
with dead as (
  select conversation_id, call_id from model_call where outcome = 'running' and at <= $1::bigint - $2::bigint
   order by conversation_id, call_id for update skip locked),
done as (
  update model_call set outcome = 'lost' from dead
   where model_call.conversation_id = dead.conversation_id and model_call.call_id = dead.call_id
     and model_call.outcome = 'running' returning model_call.*)
${ADD_UP}`;

export const CALLS_SQL = `
select call_id, job, at, outcome, error_class, model, provider, generation_id, prompt_versions, prompt_tokens,
       cached_tokens, completion_tokens, reasoning_tokens, trim_scale(cost_usd)::text as cost_usd, duration_ms,
       finish_reason
  from model_call where conversation_id = $1 and (at, call_id) > ($2::bigint, $3) order by at, call_id limit $4`;

export const SPEND_SQL = `
select day::text as day, job, sum(calls)::int as calls, sum(failed)::int as failed, sum(unbilled)::int as unbilled,
       sum(prompt_tokens)::text as prompt_tokens, sum(cached_tokens)::text as cached_tokens,
       sum(completion_tokens)::text as completion_tokens, sum(reasoning_tokens)::text as reasoning_tokens,
       trim_scale(sum(cost_usd))::text as cost_usd
  from model_spend where day between $1::date and $2::date group by day, job order by day, job`;

export const TOTAL_SQL = `
select trim_scale(coalesce(sum(cost_usd), 0))::text as usd from model_spend where day between $1::date and $2::date`;

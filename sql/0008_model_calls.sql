-- What every model call was and cost, and what each job has spent each business day (domain 25.9, lesson F-48).

-- One row a call, written before the call is made, so that calls in flight on any replica are money already.
create table model_call (
  -- Empty for a call that belongs to no conversation.
  conversation_id   text not null,
  -- The command's id and its attempt: a call is booked once.
  call_id           text not null,
  job               text not null,
  -- In the business time zone.
  day               date not null,
  -- Ms since the epoch.
  at                bigint not null,
  -- `lost`: its replica died, nobody knows how it ended.
  outcome           text not null check (outcome in ('running', 'answered', 'failed', 'interrupted', 'lost')),
  error_class       text,
  model             text,
  provider          text,
  generation_id     text,
  prompt_versions   text[] not null,
  prompt_tokens     integer not null default 0,
  cached_tokens     integer not null default 0,
  completion_tokens integer not null default 0,
  reasoning_tokens  integer not null default 0,
  -- As the provider billed it; null while it runs, and when the bill never came.
  cost_usd          numeric(18, 12),
  -- Counted against the budget while it runs.
  reserved_usd      numeric(18, 12) not null,
  duration_ms       integer,
  finish_reason     text,
  primary key (conversation_id, call_id)
) with (fillfactor = 80, autovacuum_vacuum_cost_delay = 0);
create index model_call_running on model_call (at) where outcome = 'running';
create index model_call_timeline on model_call (conversation_id, at, call_id);

-- Sums, so that a budget is checked by reading a few rows. Spread over shards: every ended call updates one.
create table model_spend (
  day               date not null,
  job               text not null,
  shard             smallint not null,
  calls             integer not null,
  failed            integer not null,
  -- Ended without a bill: interrupted, cut off, lost.
  unbilled          integer not null,
  prompt_tokens     bigint not null,
  cached_tokens     bigint not null,
  completion_tokens bigint not null,
  reasoning_tokens  bigint not null,
  cost_usd          numeric(18, 12) not null,
  primary key (day, job, shard)
) with (fillfactor = 50, autovacuum_vacuum_cost_delay = 0);

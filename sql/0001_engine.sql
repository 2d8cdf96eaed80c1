-- The actor engine: mailbox, snapshots, journal, outbox, timers. It knows nothing of selling (docs/engine.md).
-- Every hot table's primary key begins with actor_id, so that it can be partitioned or distributed by it.
-- Times are milliseconds since the epoch by the runtime's clock; only the replicas' leases use the database's clock,
-- because several machines compare them.

-- One row per actor. `snapshot` is null (version 0) between "somebody wrote to it" and its first transition.
-- `version` is the seq of its last journal row and the fence of every write (G3).
create table actor (
  actor_id        text primary key,
  kind            text not null,
  machine_version text,
  version         bigint not null default 0,
  -- JSON {snapshot, bindings: {childId: commandId}, timers: {timerId: {at, armedSeq}}}.
  snapshot        text,
  updated_at      bigint not null
) with (fillfactor = 70, autovacuum_vacuum_cost_delay = 0);
create index actor_kind on actor (kind, actor_id);

-- lz4 costs a third of pglz's CPU; a server built without it keeps the default.
do $$
begin
  alter table actor alter column snapshot set compression lz4;
exception
  when feature_not_supported or invalid_parameter_value then null;
end $$;

-- A plain sequence, not an identity: PostgreSQL 16 has no identity columns on partitioned tables.
create sequence mailbox_pos;

-- Every event ever accepted: the queue (applied_seq is null) and the memory of duplicates (the primary key, G2).
create table mailbox (
  actor_id      text not null,
  event_id      text not null,
  pos           bigint not null default nextval('mailbox_pos'),
  kind          text not null,
  cause         text not null,
  sent_at       bigint not null,
  received_at   bigint not null,
  -- Null once applied: from then on the journal holds the event.
  body          text,
  applied_seq   bigint,
  attempts      integer not null default 0,
  parked_reason text,
  parked_at     bigint,
  -- An operator gave the parked event up; the host journals it as ignored.
  discarded     boolean not null default false,
  primary key (actor_id, event_id)
) with (fillfactor = 80, autovacuum_vacuum_cost_delay = 0);
create index mailbox_pending on mailbox (actor_id, pos) where applied_seq is null;
create index mailbox_parked on mailbox (actor_id) where parked_at is not null;

-- Append only: one row per applied event. Timeline, audit trail and source of replay.
create table journal (
  actor_id        text not null,
  seq             bigint not null,
  kind            text not null,
  at              bigint not null,
  event_id        text not null,
  cause           text not null,
  event           jsonb not null,
  from_states     jsonb not null,
  to_states       jsonb not null,
  guards          jsonb not null,
  context_diff    jsonb not null,
  commands        jsonb not null,
  timers          jsonb not null,
  machine_version text not null,
  ignored         text,
  primary key (actor_id, seq)
);

-- Commands: what an actor wants done outside. `child_id` is set for invokes, whose result returns to the mailbox.
create table outbox (
  actor_id         text not null,
  command_id       text not null,
  kind             text not null,
  child_id         text,
  name             text not null,
  op               text not null check (op in ('invoke', 'action')),
  input            jsonb,
  status           text not null check (status in ('pending', 'running', 'done', 'failed', 'cancelled', 'parked')),
  -- The incarnation of the replica that runs it or is about to; null: free for anyone.
  replica          text,
  attempt          integer not null default 0,
  created_at       bigint not null,
  first_attempt_at bigint,
  next_at          bigint not null,
  finished_at      bigint,
  parked_at        bigint,
  -- An action's output; an invoke's is in its result event.
  output           jsonb,
  error            jsonb,
  primary key (actor_id, command_id)
) with (fillfactor = 70, autovacuum_vacuum_cost_delay = 0);
create index outbox_open on outbox (replica, next_at) where status in ('pending', 'running');
create index outbox_parked on outbox (parked_at) where status = 'parked';

-- Armed timers. A row leaves in the commit that applies its firing or leaves its state (G6).
create table timer (
  actor_id  text not null,
  timer_id  text not null,
  kind      text not null,
  due_at    bigint not null,
  event     jsonb not null,
  armed_seq bigint not null,
  primary key (actor_id, timer_id)
) with (autovacuum_vacuum_cost_delay = 0);
create index timer_due on timer (due_at);

-- Leases of living replicas. A replica without one has lost its commands to whoever takes them first.
create table replica (
  replica_id  text primary key,
  alive_until timestamptz not null
);

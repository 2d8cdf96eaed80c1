-- Metrics of domain 22: facts read out of transcript and journal by a projector that follows them with a cursor
-- (runtime/metrics), never in a conversation's own commit; and their sums by business day and month. All of it can be
-- made again from what it was read from. Times are milliseconds since the epoch by the runtime's clock.

-- How far each conversation was read.
create table metric_progress (
  conversation_id text primary key,
  seq             bigint not null,
  -- When time alone changes something; null: never.
  settles_at      bigint
);
create index metric_progress_settles on metric_progress (settles_at) where settles_at is not null;

create table metric_cursor (
  singleton  boolean primary key default true check (singleton),
  -- Conversations that were last written before this have been looked at.
  looked_at  bigint not null,
  -- When the projector had last caught up.
  caught_up  bigint not null
);
insert into metric_cursor (looked_at, caught_up) values (0, 0);

-- One row a dialogue: it ends when nobody has written for seven days.
create table metric_dialogue (
  conversation_id   text not null,
  number            integer not null,
  -- The customer's number on the channel: the same person on every channel.
  customer          text not null,
  -- In the business time zone.
  day               date not null,
  started_at        bigint not null,
  started_by        text not null check (started_by in ('customer', 'bot', 'manager', 'job')),
  last_at           bigint not null,
  language          text not null,
  segment           text,
  customer_messages integer not null,
  bot_messages      integer not null,
  manager_messages  integer not null,
  first_answer_ms   bigint,
  first_answer_by   text,
  bot_reply_ms      bigint[] not null,
  manager_reply_ms  bigint[] not null,
  target            boolean not null,
  involved          boolean not null,
  person            boolean not null,
  ended             boolean not null,
  alone             boolean not null,
  -- Null: too early to say.
  durable           boolean,
  reopened          boolean not null,
  primary key (conversation_id, number)
);
create index metric_dialogue_newest on metric_dialogue (started_at desc, conversation_id desc);
create index metric_dialogue_customer on metric_dialogue (customer, started_at);

-- Everything else that is counted, where it happened and by whom.
create table metric_event (
  conversation_id text not null,
  -- Position among the conversation's events.
  position        integer not null,
  kind            text not null,
  at              bigint not null,
  by              text not null check (by in ('customer', 'bot', 'manager', 'job')),
  key             text not null,
  value           bigint,
  amount          numeric(14, 2),
  primary key (conversation_id, position)
);
create index metric_event_newest on metric_event (kind, at desc, conversation_id desc);

-- Days whose sums are older than their facts.
create table metric_dirty_day (
  day date primary key
);

-- Sums: `2026-03-01` of a day, `2026-03` of a month (machines/metrics/tally.ts).
create table metric_tally (
  span     text collate "C" primary key,
  tally    jsonb not null,
  -- When it was made.
  at       bigint not null
);

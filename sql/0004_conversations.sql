-- The read side of conversations, kept in the commit that applies an event (G4): projections in
-- runtime/conversations. Nothing here decides anything; it could be rebuilt from the journal.
create extension if not exists pg_trgm;

-- One row a conversation: the manager's list.
create table conversation (
  conversation_id  text primary key,
  channel_id       text not null,
  chat_id          text not null,
  name             text,
  language         text not null,
  owner            text not null,
  owner_name       text,
  -- Leaf states, and all their ancestors for filtering by a part of the statechart.
  states           text[] not null,
  state_paths      text[] not null,
  last_from        text,
  last_kind        text,
  last_text        text,
  last_at          bigint,
  -- When the oldest unanswered customer message was written; null when we answered last.
  waiting_since    bigint,
  unanswered       integer not null,
  window_closes_at bigint,
  next_timer_id    text,
  next_timer_at    bigint,
  seq              bigint not null,
  machine_version  text not null,
  -- Who waits longest for us first, then the newest activity: one ascending key, so that pages are one index range.
  sort_rank        bigint not null,
  search           text not null,
  created_at       bigint not null,
  updated_at       bigint not null
) with (fillfactor = 70, autovacuum_vacuum_cost_delay = 0);
create index conversation_order on conversation (sort_rank, conversation_id);
create index conversation_paths on conversation using gin (state_paths);
create index conversation_search on conversation using gin (search gin_trgm_ops);

-- The transcript, with what is known of each message's delivery.
create table message (
  conversation_id text not null,
  message_id      text not null,
  -- The channel's own id: statuses and echoes come with it.
  provider_id     text,
  sender          text not null check (sender in ('customer', 'bot', 'manager', 'note')),
  author          text,
  kind            text not null,
  text            text not null,
  media           jsonb,
  quoted          text,
  status          text not null,
  -- Only ever rises (domain 4.11), except that a delivery heals a failure.
  status_rank     smallint not null,
  error           text,
  deleted         boolean not null default false,
  seq             bigint not null,
  changed_seq     bigint not null,
  at              bigint not null,
  primary key (conversation_id, message_id)
) with (autovacuum_vacuum_cost_delay = 0);
create index message_timeline on message (conversation_id, at, message_id);
create index message_changes on message (conversation_id, changed_seq);
create index message_provider on message (provider_id) where provider_id is not null;

-- What managers are told; Telegram, when it is set up, is told the same (domain 8.9: recorded before it is sent).
create table alert (
  alert_id        text primary key,
  conversation_id text not null,
  trigger_number  integer,
  reason          text not null,
  summary         text not null,
  at              bigint not null,
  sent_at         bigint
);
create index alert_newest on alert (at desc);
create index alert_conversation on alert (conversation_id, at desc);

-- The server's own tables: people who may sign in, what they changed, and what the webhook could not place.
-- Secrets are stored as keyed hashes only: reading this database gives nobody a session (domain 20.5).

create table admin_user (
  id            uuid primary key default gen_random_uuid(),
  -- Lower case: one person, one account.
  email         text not null unique check (email = lower(email)),
  name          text not null,
  role          text not null check (role in ('viewer', 'manager', 'admin')),
  -- scrypt$N$r$p$salt$hash; null for an account that signs in by one-time links only.
  password_hash text,
  disabled_at   timestamptz,
  created_at    timestamptz not null default now()
);

create table admin_session (
  token_hash   text primary key,
  user_id      uuid not null references admin_user (id) on delete cascade,
  created_at   timestamptz not null,
  expires_at   timestamptz not null
);
create index admin_session_user on admin_session (user_id);
create index admin_session_expiry on admin_session (expires_at);

-- Single use: signing in deletes the row (contract 1).
create table one_time_link (
  token_hash text primary key,
  user_id    uuid not null references admin_user (id) on delete cascade,
  expires_at timestamptz not null
);
create index one_time_link_expiry on one_time_link (expires_at);

-- Tickets for the live socket; single use, seconds of life, good on any replica (contract 3.3).
create table live_ticket (
  token_hash text primary key,
  principal  jsonb not null,
  expires_at timestamptz not null
);
create index live_ticket_expiry on live_ticket (expires_at);

-- Failed sign-ins by account and by address; the keys are keyed hashes (domain 20.2).
create table login_failure (
  key           text primary key,
  failures      integer not null,
  window_ends   timestamptz not null,
  locked_until  timestamptz
);
create index login_failure_window on login_failure (window_ends);

-- Who changed what (domain 24.4). Never holds a message's text.
create table audit_entry (
  id         bigint generated always as identity primary key,
  at         timestamptz not null,
  actor_id   text not null,
  actor_name text not null,
  action     text not null,
  target     text not null,
  before     jsonb,
  after      jsonb
);
create index audit_entry_at on audit_entry (at);

-- Answers to repeated requests with one Idempotency-Key (contract 3): the second is told what the first did.
create table request_key (
  key        text primary key,
  created_at timestamptz not null
);
create index request_key_created on request_key (created_at);

-- Items of a webhook that had an unknown shape, for an operator, 7 days (contract 3.1, domain 20.6).
create table webhook_quarantine (
  -- Hash of the item: a repeated delivery is one row.
  id          text primary key,
  received_at timestamptz not null,
  path        text not null,
  reason      text not null,
  -- Text, not jsonb: what could not be read may hold a NUL character.
  payload     text not null
);
create index webhook_quarantine_received on webhook_quarantine (received_at, id);

-- Statuses that came before we knew the message they are about (wire/01 §5.4: out of order); swept each second.
create table unmatched_status (
  message_id  text not null,
  event_id    text not null,
  body        jsonb not null,
  sent_at     timestamptz not null,
  received_at timestamptz not null,
  primary key (message_id, event_id)
);
create index unmatched_status_received on unmatched_status (received_at);

-- The settings document (contract 3.5): what differs from the defaults, and every change of it.
create table settings_document (
  singleton  boolean primary key default true check (singleton),
  document   jsonb not null,
  updated_at timestamptz not null
);
create table settings_change (
  id         bigint generated always as identity primary key,
  at         timestamptz not null,
  actor_id   text not null,
  actor_name text not null,
  patch      jsonb not null,
  before     jsonb not null,
  after      jsonb not null
);
create index settings_change_at on settings_change (at);

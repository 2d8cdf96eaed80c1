-- Messages that we write first (domain 17, 18, 20.1). Times are milliseconds since the epoch by the runtime's clock.

-- What is planned, kept in the commit that plans it: the dry run and the hourly run read it. Nothing here decides.
create table outreach_plan (
  conversation_id text not null,
  -- follow_up, quiet, agreed, payment, feedback, order_check
  kind            text not null,
  schedule        text not null,
  step            integer not null,
  due_at          bigint not null,
  primary key (conversation_id, kind)
) with (fillfactor = 80);
create index outreach_plan_due on outreach_plan (due_at, conversation_id, kind);
create index outreach_plan_kind on outreach_plan (kind, due_at, conversation_id);

-- Every touch that was decided, once for ever: the key is what makes it once (domain 17.10).
create table outreach_attempt (
  conversation_id text not null,
  kind            text not null,
  schedule        text not null,
  step            integer not null,
  -- The command that asked: asked again after a crash it gets the same answer; another one does not.
  command_id      text not null,
  outcome         text not null check (outcome in ('send', 'blocked')),
  reason          text,
  decision        jsonb not null,
  at              bigint not null,
  primary key (conversation_id, kind, schedule, step)
);
create index outreach_attempt_newest on outreach_attempt (at desc, conversation_id);

-- How much of an hour's or a day's allowance is used (domain 17.10, 18.1). `follow_up:2026-03-02T10`
create table outreach_allowance (
  scope text primary key,
  used  integer not null,
  at    bigint not null
);
create index outreach_allowance_old on outreach_allowance (at);

-- Who wants no messages, by number: it holds on every channel (domain 20.1).
create table opt_out (
  chat_id         text primary key,
  conversation_id text not null,
  at              bigint not null
);
create index opt_out_conversation on opt_out (conversation_id);

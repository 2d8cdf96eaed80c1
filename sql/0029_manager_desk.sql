-- Managers answer from their Telegram group (domain 8.6-8.8). Times are milliseconds since the epoch.

-- Where an alert stands in the group, and how it ended.
alter table alert
  add column telegram_chat_id    text,
  add column telegram_message_id text,
  add column closed_at           bigint,
  add column closed_by           text;
create index alert_open on alert (conversation_id, at)
  where telegram_message_id is not null and closed_at is null;

-- Each button of an alert is good for one act (lesson F-30).
create table alert_button (
  token    text primary key,
  alert_id text not null references alert on delete cascade,
  action   text not null,
  used_at  bigint,
  used_by  text
);
create index alert_button_alert on alert_button (alert_id);

-- An answer that a manager was asked to type: one for each alert and person, open for 24 hours (domain 8.7, lesson F-28).
create table manager_draft (
  alert_id          text not null references alert on delete cascade,
  person_id         text not null,
  conversation_id   text not null,
  -- Also propose it to the knowledge base (domain 8.6).
  learn             boolean not null,
  prompt_message_id text,
  opened_at         bigint not null,
  used_at           bigint,
  primary key (alert_id, person_id)
);
create index manager_draft_prompt on manager_draft (prompt_message_id) where prompt_message_id is not null;

-- What of the bot's updates was handled.
create table telegram_cursor (
  singleton   boolean primary key default true check (singleton),
  next_offset bigint not null
);

-- Answers of managers that may become articles; nothing is published without an administrator (domain 21.6, lesson F-31).
create table knowledge_candidate (
  candidate_id    text primary key,
  -- Null once the customer is erased.
  conversation_id text,
  question        text not null,
  answer          text not null,
  language        text not null check (language in ('en', 'ar')),
  proposed_by     text not null,
  -- Why it must not be published as it is; empty: nothing was found.
  doubts          text[] not null default '{}',
  state           text not null check (state in ('open', 'approved', 'rejected')),
  article_id      text,
  decided_by      text,
  decided_at      bigint,
  at              bigint not null
);
create index knowledge_candidate_open on knowledge_candidate (state, at desc, candidate_id);

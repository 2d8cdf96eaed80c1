-- Search on a store that replicas share, how good a product's card is, and what earlier conversations were about.

-- How far each shared vector store was brought. A row for each model, because vectors of two models are two collections
-- (wire/07 §6). Whoever brings rows in locks it, so that an older text never overwrites a newer one.
create table search_progress (
  collection text not null,
  model      text not null,
  -- Everything up to this revision is in the store; -1: nothing is.
  revision   bigint not null default -1,
  primary key (collection, model)
);

insert into search_revision (collection) values ('conversations');

-- Domain 21.3: 0 to 100, and what is missing; null until the item is synced again.
alter table product add column card_score smallint check (card_score between 0 and 100),
  add column card_reasons text[] not null default '{}';
create index product_to_improve on product (sku, item_id) where active and card_score < 70;

-- Keys of ours that must outlive a restart and a change of SESSION_SECRET.
create table keyed_hash_key (
  name text primary key,
  key  bytea not null
);

-- One row for each stretch of a conversation that was summarised, or is being. Written before the model is asked, so
-- that nothing is ever paid twice (lesson F-48).
create table conversation_summary (
  -- Says nothing about the customer.
  summary_id      text primary key,
  -- Null once the customer is forgotten; then only the point's id is left, to take it out of search indexes.
  conversation_id text,
  -- Of the journal, when it was made.
  seq             bigint not null,
  -- The newest message it covers: the same stretch is never asked about again.
  covers_at       bigint not null,
  at              bigint not null,
  -- A keyed hash of the customer.
  owner           text,
  -- `archived`: read by its conversation, not searched any more.
  state           text not null check (state in ('asking', 'done', 'failed', 'archived', 'forgotten')),
  summary         text,
  model           text,
  -- US dollars as billed; null when it is unknown.
  cost            numeric(18, 12),
  -- Why there is none.
  reason          text,
  content_hash    text not null default '',
  revision        bigint not null default 0
);
create unique index conversation_summary_once on conversation_summary (conversation_id, covers_at);
create index conversation_summary_owner on conversation_summary (owner, covers_at desc) where state in ('done', 'archived');
create index conversation_summary_by_revision on conversation_summary (revision);
create index conversation_summary_newest on conversation_summary (at desc) where state = 'done';

-- Conversations in the order in which they fell silent; how far they were looked at.
create index conversation_quiet on conversation (last_at, conversation_id);
create table summary_cursor (
  singleton       boolean primary key default true check (singleton),
  last_at         bigint not null,
  conversation_id text not null
);

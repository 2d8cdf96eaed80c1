-- Quotations that were printed: one file for each revision, whichever replica printed it (domain 9.16). Files hold a
-- customer's name and address: whoever erases a person finds them by the conversation.
create table quotation_file (
  conversation_id text not null,
  number text not null,
  revision integer not null check (revision > 0),
  -- Below the media folder, `/` between names.
  path text not null,
  name text not null,
  sha256 text not null,
  bytes integer not null check (bytes > 0),
  -- Of the facts that were printed: the same revision never says something else.
  facts_hash text not null,
  grand_total numeric(14, 2) not null,
  valid_until date not null,
  printed_at timestamptz not null,
  primary key (conversation_id, number, revision)
);

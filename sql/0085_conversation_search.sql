-- What the list is searched by, beside the list: its index costs more than the rest of a conversation's row, and no
-- customer waits for it. Copied from `conversation.search` shortly after the commit (runtime/conversations/search-words.ts).
drop index conversation_search;
create table conversation_search (
  -- With the conversation goes what it was found by; a copy that is under way when it is erased fails.
  conversation_id text primary key references conversation on delete cascade,
  words           text not null,
  -- Of the row that was copied: an older copy never replaces a younger one.
  seq             bigint not null
) with (autovacuum_vacuum_cost_delay = 0);
insert into conversation_search (conversation_id, words, seq) select conversation_id, search, seq from conversation;
create index conversation_search_words on conversation_search using gin (words gin_trgm_ops);

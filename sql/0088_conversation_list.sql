-- The list by owner and by language, in its own order: each pair is one range of this index, so that a filter never reads
-- the others' rows. Who waits lies below a constant of the order (runtime/conversations/sort-rank.ts), so that the tabs are
-- ranges too; `conversation_tabs` is not needed besides it, and the hot commit keeps as many indexes as it had.
create index conversation_list on conversation (owner, language, sort_rank, conversation_id);
drop index conversation_tabs;

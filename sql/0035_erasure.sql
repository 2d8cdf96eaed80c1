-- Erasing a person (domain 20.6): what is asked by the customer's id must not read whole tables.

create index conversation_chat on conversation (chat_id);
create index manager_draft_conversation on manager_draft (conversation_id);
create index knowledge_candidate_conversation on knowledge_candidate (conversation_id);
-- Also by prefix: a dead letter's id begins with its conversation's.
create index audit_entry_target on audit_entry (target text_pattern_ops);

-- The audit is read by person and by kind of act (domain 24.4), newest first.
create index audit_entry_actor on audit_entry (actor_name, id);
create index audit_entry_action on audit_entry (action text_pattern_ops, id);

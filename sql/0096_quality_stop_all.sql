-- Reviews of all kinds stop together when what they share is spent: managers are told of that once, not once a kind.
alter table quality_stop drop constraint quality_stop_scope_check;
alter table quality_stop add constraint quality_stop_scope_check check (scope in ('bot', 'manager', 'flags', 'all'));

-- How the engine's rows lie on disk: what a message writes is what a message costs.

-- Most snapshots fit a page once compressed. Kept in the row, an update writes one tuple; moved out, it deletes and
-- inserts several more, with their index entries.
alter table actor set (toast_tuple_target = 8160);

-- lz4 costs a third of pglz's CPU; a server built without it keeps the default.
do $$
begin
  alter table mailbox alter column body set compression lz4;
  alter table journal alter column event set compression lz4;
  alter table journal alter column context_diff set compression lz4;
  alter table outbox alter column input set compression lz4;
  alter table outbox alter column output set compression lz4;
exception
  when feature_not_supported or invalid_parameter_value then null;
end $$;

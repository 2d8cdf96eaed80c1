-- Backups that were made and read back: ops/backup/backup.sh writes a row after each (domain 25.3). One row a day.
create table backup_run (
  finished_at timestamptz not null default now() primary key,
  name        text not null,
  bytes       bigint not null,
  seconds     integer not null
);

-- Reports that were made (domain 23): their numbers as they were then, in no language; papers are set when asked for.
-- Times are milliseconds since the epoch.
create table report (
  report_id  text primary key,
  kind       text not null check (kind in ('daily', 'weekly', 'custom')),
  from_day   date not null,
  to_day     date not null,
  made_at    bigint not null,
  -- Who asked: a person's name, or `schedule`.
  made_by    text not null,
  content    jsonb not null,
  -- When the managers' group was told; null: it was not, yet.
  told_at    bigint
);
create index report_newest on report (made_at desc, report_id desc);

-- Since when a kind of review waits because its day is spent, and whether managers were told of it: once a day and kind,
-- whichever replica meets the limit first (domain 6.14).
create table quality_stop (
  scope        text not null check (scope in ('bot', 'manager', 'flags')),
  -- When the business day began, ms since the epoch.
  day_began_at bigint not null,
  -- Null: it goes on, because the limit was raised.
  since        bigint,
  -- When somebody began to tell; taken over when that one died.
  telling_at   bigint,
  told_at      bigint,
  primary key (scope, day_began_at)
);

-- Reviews of managers and of red flags beside those of dialogues, and what each scope may spend (domain 6.13, 6.14, 7).
alter table quality_reading
  add column scope text not null default 'bot' check (scope in ('bot', 'manager', 'flags')),
  -- The run of the calendar that asked; null: a person asked.
  add column run text,
  -- More than the call can cost, US dollars: counted while the true cost is not known.
  add column reserved_usd numeric(18, 12) not null default 0;
-- What a scope has asked and spent since the day began.
create index quality_reading_of_day on quality_reading (scope, at);

alter table quality_review
  add column scope text not null default 'bot' check (scope in ('bot', 'manager', 'flags')),
  -- Whose work a manager's review is about.
  add column manager text,
  -- Red flags that were raised, in their order.
  add column flags text[] not null default '{}',
  -- Of all readings that answered, US dollars; null: no bill.
  add column cost_usd numeric(18, 12);
drop index quality_review_once;
create unique index quality_review_once on quality_review (conversation_id, scope, activity_at);
drop index quality_review_newest;
create index quality_review_newest on quality_review (scope, updated_at desc, review_id);
create index quality_review_low on quality_review (scope, rating, updated_at desc, review_id);
drop index quality_review_asked;
create index quality_review_asked on quality_review (scope, asked_at);

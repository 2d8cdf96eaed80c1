-- What the quality page asks of a year of reviews, out of indexes. The digest of managers (domain 7.5) read the whole of
-- each review's evidence to find two numbers in it; red flags, failures and one manager's reviews were looked for among all.
alter table quality_review
  add column first_response_ms bigint generated always as (round((detail #>> '{measures,firstResponseMs}')::numeric)::bigint) stored,
  add column converted boolean generated always as ((detail #>> '{measures,converted}')::boolean) stored;
create index quality_review_of_managers on quality_review (updated_at)
  include (manager, total, first_response_ms, converted) where scope = 'manager' and state = 'scored' and manager is not null;
create index quality_review_of_manager on quality_review (scope, manager, updated_at desc, review_id) where manager is not null;
create index quality_review_flagged on quality_review (scope, updated_at desc, review_id) where cardinality(flags) > 0;
create index quality_review_unscored on quality_review (scope, state, updated_at desc, review_id) where state <> 'scored';

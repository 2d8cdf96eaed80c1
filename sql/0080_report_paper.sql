-- The managers' group gets a report in words and as a paper, one after the other: each is sent once, and a try that comes
-- back sends what is missing. Milliseconds since the epoch; null: not sent.
alter table report add column paper_at bigint;
-- What was told before papers were sent stays as it was.
update report set paper_at = told_at;

-- Reviews of dialogues as they are listed, kept in the commit that moves their actor (G4).
create table quality_review (
  review_id       text primary key,
  conversation_id text not null,
  -- Of the newest message that is reviewed, ms since the epoch.
  activity_at     bigint not null,
  state           text not null check (state in ('due', 'gathering', 'reading', 'postponed', 'scored', 'failed')),
  asked_at        bigint not null,
  updated_at      bigint not null,
  -- Of thirty, and the most this dialogue could reach; null until it is scored.
  total           numeric(3, 1),
  ceiling         numeric(3, 1),
  -- Null where too little happened to judge: such a total counts in no mean (domain 6.5).
  rating          text,
  plain_sum       smallint,
  readings        smallint not null default 0,
  lowest          numeric(3, 1),
  highest         numeric(3, 1),
  model           text,
  prompt_version  text,
  -- Blocks, coverage, criteria with quotes, strengths, weaknesses, recommendations, next action.
  detail          jsonb,
  reason          text
);
create unique index quality_review_once on quality_review (conversation_id, activity_at);
create index quality_review_newest on quality_review (updated_at desc, review_id);
create index quality_review_asked on quality_review (asked_at);

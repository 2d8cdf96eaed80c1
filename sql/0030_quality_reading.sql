-- What a judge was asked about dialogues and what it answered. A row is written before the model is asked, so that no
-- reading is ever paid twice, whatever dies in between (domain 6.12, lesson F-48).
create table quality_reading (
  -- The command that asks: of one reading of one review, stable over its retries.
  command_id     text not null,
  -- From 1: an answer that had to be refused may be asked for again, a few times.
  try            smallint not null check (try > 0),
  conversation_id text not null,
  at             bigint not null,
  -- `refused`: answered and not believed.
  state          text not null check (state in ('asking', 'done', 'refused')),
  prompt_version text not null,
  model          text not null,
  -- US dollars as billed; null when it is unknown.
  cost           numeric(18, 12),
  verdict        jsonb,
  -- Why it was refused; quotes nobody.
  reason         text,
  primary key (command_id, try)
);
create index quality_reading_of_conversation on quality_reading (conversation_id);

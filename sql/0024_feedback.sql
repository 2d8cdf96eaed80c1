-- What customers thought of a delivered order: one record a conversation (domain 18.3, 22).
create table feedback (
  conversation_id text primary key,
  order_number    text,
  overall         smallint check (overall between 1 and 5),
  delivery        smallint check (delivery between 1 and 5),
  recommend       boolean,
  comment         text,
  requested_at    bigint not null,
  at              bigint not null
);
create index feedback_at on feedback (at);

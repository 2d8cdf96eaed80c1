-- Sales orders asked for through the API: the same Idempotency-Key with the same body has one order and one answer
-- (contract 3.2). Rows live a day; after that the order's own number, derived from the key, keeps it single.
create table order_request (
  -- Hash of who asked and of the key.
  key        text primary key,
  body_hash  text not null,
  -- What is ordered, with the prices as they were resolved first: a repeat asks for exactly this.
  wanted     jsonb,
  -- Null: not known to be done.
  answer     jsonb,
  created_at timestamptz not null
);
create index order_request_created on order_request (created_at);

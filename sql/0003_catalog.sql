-- Our copy of the catalog, the knowledge base, and their embeddings (domain 12.1, 21).

-- Replicas keep search indexes in memory and follow the tables by a revision. Every writer locks its row here before it
-- takes the next number, so revisions become visible in the order of their numbers.
create table search_revision (
  collection text primary key,
  revision   bigint not null default 0
);
insert into search_revision (collection) values ('products'), ('articles');

-- Zoho Inventory is the truth; one row per item of it. Rows are never deleted, only deactivated (domain 12.5).
create table product (
  item_id        text primary key,
  sku            text not null,
  -- Folded letters and digits (machines/sku). Not unique: two items may differ by a hyphen; the resolver asks.
  sku_norm       text not null,
  name           text not null,
  name_ar        text,
  description    text,
  description_ar text,
  category       text,
  -- Null is unknown, never zero (domain 9.7).
  price          numeric(14, 2) check (price > 0),
  currency       text not null,
  stock          integer check (stock >= 0),
  unit           text,
  active         boolean not null,
  attributes     jsonb not null default '{}',
  image_name     text,
  modified_at    timestamptz,
  -- Of everything above: tells whether a row changed. Of the embedded text: tells whether to embed again.
  row_hash       text not null,
  content_hash   text not null,
  revision       bigint not null,
  -- The last full pass that met the item.
  seen_run       bigint,
  updated_at     timestamptz not null default now()
);
create index product_by_sku_norm on product (sku_norm);
create index product_by_revision on product (revision);
create index product_listed on product (sku, item_id);
create index product_unseen on product (seen_run) where active;

create table sync_run (
  run_id         bigint generated always as identity primary key,
  source         text not null,
  mode           text not null check (mode in ('full', 'delta')),
  trigger        text not null,
  status         text not null check (status in ('running', 'done', 'failed')),
  -- Changes whenever a process takes the run over: the writes of the one before it are refused.
  owner          uuid not null,
  -- The next page to read; null when all pages are read.
  next_page      integer,
  modified_since timestamptz,
  seen           integer not null default 0,
  changed        integer not null default 0,
  deactivated    integer not null default 0,
  embedded       integer not null default 0,
  rejected       integer not null default 0,
  error          text,
  started_at     timestamptz not null default now(),
  finished_at    timestamptz
);
-- At most one run at a time, whatever the number of replicas.
create unique index sync_run_one_running on sync_run ((true)) where status = 'running';
create index sync_run_finished on sync_run (status, mode, run_id desc);

create table article (
  article_id text primary key,
  kind       text not null check (kind in ('faq', 'rule', 'value')),
  title      text not null,
  body       text not null,
  language   text not null check (language in ('en', 'ar')),
  -- Names a text that came with the product, so that a deleted or edited one is not put back.
  seed_key   text unique,
  version    integer not null default 1,
  content_hash text not null,
  revision   bigint not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index article_by_revision on article (revision);
create index article_listed on article (kind, article_id) where deleted_at is null;

-- Vectors by text: a text is embedded once per model, whatever happens to its row (domain 12.6).
create table embedding (
  collection   text not null,
  point_id     text not null,
  model        text not null,
  content_hash text not null,
  -- 32-bit floats, little endian.
  vector       bytea not null,
  revision     bigint not null,
  primary key (collection, point_id)
);
create index embedding_by_revision on embedding (collection, revision);

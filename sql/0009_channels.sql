-- What is known of the WhatsApp channels and templates, by all replicas alike (lesson F-45, domain 17.3).
-- Times are milliseconds since the epoch by the runtime's clock.

create table channel (
  channel_id text primary key,
  -- `whatsapp` (personal) or `wapi` (business); null until the account listed it.
  transport  text,
  phone      text,
  name       text,
  -- Lower case; `missing` when the account does not list it.
  state      text not null,
  since      bigint not null,
  -- When the vendor was last asked, or told us; what is older than this changes nothing.
  checked_at bigint not null,
  -- The vendor's own time of its last word by webhook: one that comes late is recognised by it.
  vendor_at  bigint,
  -- The state that managers were told last; null: nothing to tell since it last worked.
  told_state text
);

create table template (
  template_id text primary key,
  name        text,
  title       text,
  language    text,
  -- Lower case: approved, pending, rejected, archived; `removed` when the account does not list it any more.
  status      text not null,
  since       bigint not null,
  -- Texts of header, body and footer; empty until the list was read.
  parts       jsonb not null default '[]',
  -- Where it may be used; empty: everywhere.
  channel_ids text[] not null default '{}',
  checked_at  bigint not null
);

-- Managers are also told about what is no conversation: a channel that has lost its phone.
alter table alert alter column conversation_id drop not null;

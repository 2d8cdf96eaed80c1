-- Versions of machines, and what retention needs to find old rows (docs/engine.md).

-- Every definition of a machine that ever started here: the next one is compared with those that actors still live in,
-- so that nothing has to be read from the actors themselves while nothing was taken away (G9). A version whose
-- definition was changed without raising it has several rows.
create table machine_version (
  kind          text not null,
  version       text not null,
  fingerprint   text not null,
  -- {states: {path: {id, type, children, afters, invokes}}, actors}: machine-parts.ts.
  parts         jsonb not null,
  first_seen_at bigint not null,
  primary key (kind, version, fingerprint)
);

-- Counts actors by version without reading them, and pages through those of one version. It keeps updates of a row
-- heap-only: neither column changes while a version lasts.
create index actor_version on actor (kind, machine_version, actor_id);
drop index actor_kind;

-- Retention (retention.ts) removes applied events and finished commands, oldest first.
create index mailbox_applied on mailbox (received_at) where applied_seq is not null;
create index outbox_finished on outbox (finished_at) where finished_at is not null;

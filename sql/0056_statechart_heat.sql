-- What happens in statecharts, summed up by day, so that a year of journal need not be read to show a month of it
-- (design 7). Kept by runtime/heat/heat-keeper.ts behind the commits; it can be rebuilt by emptying these tables.

-- How far each conversation's journal is counted, where it stands since when, and every transition that it ever took.
create table heat_trail (
  conversation_id text primary key,
  seq             bigint not null,
  -- {region: [leaf state, entered at (ms)]}
  stays           jsonb not null,
  -- Ids of heat_transition.
  taken           integer[] not null,
  at              bigint not null
) with (fillfactor = 70, autovacuum_vacuum_cost_delay = 0);
-- Who took a transition: what a number of the heat map opens.
create index heat_trail_taken on heat_trail using gin (taken);

-- Leaf to leaf within one region, by the journal's event. Few hundred rows.
create table heat_transition (
  transition_id integer primary key generated always as identity,
  kind          text not null,
  from_state    text not null,
  to_state      text not null,
  event         text not null,
  unique (kind, from_state, to_state, event)
);

-- A day's transitions.
create table heat_transition_day (
  day           date not null,
  transition_id integer not null references heat_transition,
  times         integer not null,
  primary key (day, transition_id)
);

-- A day's finished stays by how long they were: bucket b holds 2^(b/2) to 2^((b+1)/2) ms.
create table heat_stay_day (
  day    date not null,
  kind   text not null,
  state  text not null,
  bucket smallint not null,
  stays  integer not null,
  -- Of them: at least ten minutes long, and ended by a timer: nobody said anything.
  silent integer not null,
  primary key (day, kind, state, bucket)
);

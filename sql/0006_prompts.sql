-- Prompts are data: versioned sections, one active version each (design 6, domain 24.3).
create table prompt_section (
  section    text not null,
  version    integer not null check (version > 0),
  body       text not null,
  note       text,
  created_by text not null,
  created_at timestamptz not null default now(),
  active     boolean not null default false,
  primary key (section, version)
);
create unique index prompt_section_active on prompt_section (section) where active;

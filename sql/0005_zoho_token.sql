-- The shared state of each Zoho refresh token: one access token and one quota for all replicas.
-- A handful of rows, one for each set of credentials in use; rows of replaced credentials are removed after 30 days.
create table zoho_token (
  -- Hash of accounts URL, client id and refresh token: new credentials start with a clean state.
  key text primary key,
  -- {token: {sealed, expiresAt} | null, refusal: {kind, reason, until} | null, askedAt: [ms]}; the token is sealed.
  state jsonb not null,
  updated_at timestamptz not null default now()
);

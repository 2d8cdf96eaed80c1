/** The API under test: real stores on a database of its own, engine and views faked. Importing it sets the hooks. */
import { Redacted } from 'effect';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { decodeWebhook } from '../../adapters/wazzup/webhook.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { makeAudit } from '../auth/audit.ts';
import { makeAuth } from '../auth/auth.ts';
import { hashPassword } from '../auth/passwords.ts';
import { makeIngest } from '../server/ingest.ts';
import { fakeClock, fakeEngine, fakeLog, fakeViews } from '../server/test-fakes.ts';
import { makeWebhookStore } from '../server/webhook-store.ts';
import type { ApiContext } from './context.ts';
import { makeRequestKeys } from './request-keys.ts';
import { makeSettingsStore } from './settings-store.ts';
import { makeWebHandler, type WebHandler } from './web-handler.ts';

export const ID = 'wz:c1:15555550142';
export const PATH = `/conversations/${encodeURIComponent(ID)}`;
export const API_TOKEN = 'script-token';
export const SECRET = Redacted.make('session-secret');
export const TEXT = 'a text nobody may find in logs or audit';

export let db: TestDatabase;
export let passwordHash: string;
beforeAll(async () => {
  db = await testDatabase();
  passwordHash = await hashPassword('correct horse');
});
afterAll(async () => {
  await db.drop();
});

export const setup = (over: Partial<ApiContext> = {}) => {
  const engine = fakeEngine();
  const views = fakeViews(engine);
  const clock = fakeClock();
  const log = fakeLog();
  const webhookStore = makeWebhookStore(db.pool);
  const ctx: ApiContext = {
    engine,
    views,
    clock,
    log,
    auth: makeAuth({ pool: db.pool, clock, sessionSecret: SECRET, apiToken: Redacted.make(API_TOKEN) }),
    audit: makeAudit(db.pool, clock),
    settings: makeSettingsStore(db.pool, clock),
    requestKeys: makeRequestKeys(db.pool, clock),
    webhookStore,
    ingest: makeIngest({ engine, store: webhookStore, clock, channelIds: new Set(['c1']) }),
    decodeWebhook,
    health: async () => ({ status: 'ok', version: '1.2.3', components: { postgres: { status: 'ok' } } }),
    numbers: async () => ({ mailboxDepth: 0 }),
    secureCookies: true,
    version: '1.2.3',
    ...over,
  };
  const web: WebHandler = makeWebHandler(ctx);
  const raw = (method: string, path: string, init: RequestInit = {}) =>
    web.handle(new Request(`http://test/api/v1${path}`, { method, ...init }));
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const init: RequestInit = { headers: { authorization: `Bearer ${API_TOKEN}`, ...headers } };
    if (body !== undefined) {
      init.body = JSON.stringify(body);
      Object.assign(init.headers as object, { 'content-type': 'application/json' });
    }
    const response = await raw(method, path, init);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : JSON.parse(text),
    };
  };
  return { engine, views, clock, log, ctx, web, raw, call };
};

beforeEach(async () => {
  await db.pool.query(`truncate admin_user, admin_session, one_time_link, live_ticket, login_failure, audit_entry,
    request_key, webhook_quarantine, settings_document, settings_change cascade`);
});

export const user = async (email: string, role: 'viewer' | 'manager' | 'admin') => {
  await db.pool.query('insert into admin_user (email, name, role, password_hash) values ($1, $1, $2, $3)', [
    email,
    role,
    passwordHash,
  ]);
};

type Setup = ReturnType<typeof setup>;
export const signIn = async (
  { raw }: Setup,
  email: string,
  password = 'correct horse',
  address = '192.0.2.1',
) =>
  raw('POST', '/session', {
    body: JSON.stringify({ email, password }),
    headers: { 'content-type': 'application/json', 'x-treejar-address': address },
  });

export const session = async (s: Setup, role: 'viewer' | 'manager' | 'admin') => {
  await user(`${role}@example.test`, role);
  const response = await signIn(s, `${role}@example.test`);
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { csrfToken } = (await response.json()) as { csrfToken: string };
  const headers = (csrf = csrfToken) => ({
    cookie,
    'x-csrf-token': csrf,
    'content-type': 'application/json',
  });
  return { cookie, csrfToken, headers };
};

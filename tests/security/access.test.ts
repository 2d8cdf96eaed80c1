/**
 * The whole API tried as a stranger, in each role, without the CSRF token and with another customer's id, against the
 * table in access-table.ts. To see it fail: take a `RequiredRole` or an `.middleware(Authorization)` away.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BASE_PATH } from '../../runtime/api/api.ts';
import { hashPassword } from '../../runtime/auth/passwords.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { CHANNEL, conversationOf, inbound, type Product, startProduct, until } from '../support/product.ts';
import { ACCESS, type Access } from './access-table.ts';
import { ENDPOINTS, type Endpoint, pathWith } from './endpoints.ts';
import { bytesOf, casesOf, jsonValue, nearMiss, seedsOf } from './inputs.ts';

type Role = Exclude<Access, 'open'>;
const ROLES: readonly Role[] = ['viewer', 'manager', 'admin'];
const PASSWORD = 'correct horse battery';
/** Writes some 100 MB and stops the process meanwhile: who is let in is shown by the CPU profile, under the same rule. */
const TOO_DEAR_TO_ALLOW: ReadonlySet<string> = new Set(['POST /admin/diagnostics/heap-snapshot']);
const ENDS_THE_SESSION = 'DELETE /session';

interface Session {
  readonly cookie: string;
  readonly csrf: string;
}

let db: TestDatabase;
let product: Product;
const sessions = new Map<Role, Session>();

beforeAll(async () => {
  db = await testDatabase();
  // No vendor's address: everything runs in the sandbox, so that every group is served, the simulated phone's too.
  product = await startProduct({ databaseUrl: db.url, env: { WAZZUP_CHANNEL_ID: CHANNEL } });
  const hash = await hashPassword(PASSWORD);
  for (const role of ROLES) {
    await db.pool.query('insert into admin_user (email, name, role, password_hash) values ($1, $1, $2, $3)', [
      `${role}@shop.test`,
      role,
      hash,
    ]);
    sessions.set(role, await signIn(role));
  }
});

afterAll(async () => {
  await product.stop();
  await db.drop();
});

const signIn = async (role: Role): Promise<Session> => {
  const answer = await product.api(
    'POST',
    '/session',
    { email: `${role}@shop.test`, password: PASSWORD },
    { authorization: '' },
  );
  expect(answer.status).toBe(200);
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { cookie, csrf: answer.body.csrfToken };
};

const sessionOf = (role: Role): Session => {
  const session = sessions.get(role);
  if (!session) throw new Error(`nobody is signed in as ${role}`);
  return session;
};

/**
 * A call that is understood and does nothing: its body is no body of any endpoint and its id is nobody's, so whoever is
 * let in is told so by 422 or 404.
 */
const tryOut = async (endpoint: Endpoint, headers: Readonly<Record<string, string>>, sent = '7') => {
  const query = endpoint.path.endsWith('/cpu-profile') ? '?seconds=0.1' : '';
  const body = endpoint.takesBody ? sent : null;
  const response = await fetch(`${product.url}${BASE_PATH}${pathWith(endpoint, 'nobody')}${query}`, {
    method: endpoint.method,
    headers: { ...(body === null ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === null ? {} : { body }),
  });
  const text = await response.text();
  const code = response.status < 400 ? null : (JSON.parse(text) as { error: { code: string } }).error.code;
  return { status: response.status, code };
};

const asRole = (role: Role, csrf = true): Readonly<Record<string, string>> => {
  const session = sessionOf(role);
  return { cookie: session.cookie, ...(csrf ? { 'x-csrf-token': session.csrf } : {}) };
};

const needs = (endpoint: Endpoint): Access => ACCESS[endpoint.name] ?? 'admin';
const closed = ENDPOINTS.filter((endpoint) => needs(endpoint) !== 'open');
const isAllowed = (role: Role, least: Access): boolean =>
  least === 'open' || ROLES.indexOf(role) >= ROLES.indexOf(least);

describe('the table of access', () => {
  it('has one line for each endpoint, and none for what does not exist', () => {
    expect(Object.keys(ACCESS).sort()).toEqual(ENDPOINTS.map(({ name }) => name).sort());
  });

  it('is of the API that is served', async () => {
    const { body } = await product.api('GET', '/openapi.json');
    const served = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map(
        (method) => `${method.toUpperCase()} ${path.replace(BASE_PATH, '').replaceAll(/\{(\w+)\}/g, ':$1')}`,
      ),
    );
    expect(served.sort()).toEqual(Object.keys(ACCESS).sort());
  });
});

describe('a stranger', () => {
  it.each([
    ['without a session', {}],
    ['with a session that was made up', { cookie: `treejar_session=${'A'.repeat(43)}` }],
    ['with a wrong token', { authorization: 'Bearer wrong' }],
  ] as readonly (readonly [string, Record<string, string>])[])(
    '%s is let into nothing',
    async (_, headers) => {
      for (const endpoint of closed) {
        expect([endpoint.name, await tryOut(endpoint, headers)]).toEqual([
          endpoint.name,
          { status: 401, code: 'unauthorized' },
        ]);
      }
    },
  );

  it('is refused before a body is read', async () => {
    for (const endpoint of closed.filter(({ takesBody }) => takesBody)) {
      const answer = await tryOut(endpoint, {}, '{"not JSON');
      expect([endpoint.name, answer.status]).toEqual([endpoint.name, 401]);
    }
  });

  it('with a wrong token is not helped by a good cookie beside it', async () => {
    for (const endpoint of closed) {
      const answer = await tryOut(endpoint, { ...asRole('admin'), authorization: 'Bearer wrong' });
      expect([endpoint.name, answer.status]).toEqual([endpoint.name, 401]);
    }
  });

  it('may ask what is open, and learns nothing of the parts of the shop', async () => {
    for (const endpoint of ENDPOINTS.filter((one) => needs(one) === 'open')) {
      const { status, code } = await tryOut(endpoint, {});
      expect([endpoint.name, status]).toEqual([endpoint.name, endpoint.method === 'GET' ? 200 : 422]);
      expect(code).not.toBe('internal');
    }
    const health = await product.api('GET', '/health', undefined, { authorization: '' });
    expect(health.body).not.toHaveProperty('components');
  });

  it('behind a proxy sees no numbers, and opens no socket', async () => {
    const outside = { 'x-forwarded-for': '203.0.113.7' };
    expect((await fetch(`${product.url}/metrics`, { headers: outside })).status).toBe(401);
    const socket = new WebSocket(`${product.url.replace('http', 'ws')}/api/v1/live`);
    const opened = await new Promise<boolean>((resolve) => {
      socket.onopen = () => resolve(true);
      socket.onerror = () => resolve(false);
    });
    socket.close();
    expect(opened).toBe(false);
  });
});

describe.each(ROLES)('a %s', (role) => {
  it('is let into what the table says, and into nothing else', async () => {
    for (const endpoint of closed) {
      const allowed = isAllowed(role, needs(endpoint));
      if (endpoint.name === ENDS_THE_SESSION || (allowed && TOO_DEAR_TO_ALLOW.has(endpoint.name))) continue;
      const { status, code } = await tryOut(endpoint, asRole(role));
      if (allowed) {
        expect([endpoint.name, [401, 403].includes(status)]).toEqual([endpoint.name, false]);
        expect([endpoint.name, status < 500 ? 'answered' : status]).toEqual([endpoint.name, 'answered']);
      } else {
        expect([endpoint.name, status, code]).toEqual([endpoint.name, 403, 'role']);
      }
    }
  });

  it('changes nothing by the cookie alone, as another site would try', async () => {
    for (const endpoint of closed.filter(({ method }) => method !== 'GET')) {
      const answer = await tryOut(endpoint, asRole(role, false));
      expect([endpoint.name, answer]).toEqual([endpoint.name, { status: 403, code: 'csrf' }]);
      const guessed = await tryOut(endpoint, { ...asRole(role, false), 'x-csrf-token': 'guessed' });
      expect([endpoint.name, guessed]).toEqual([endpoint.name, { status: 403, code: 'csrf' }]);
    }
  });

  it('has no CSRF token that serves in another one’s session', async () => {
    const other = ROLES.find((one) => one !== role) ?? role;
    const headers = { ...asRole(role, false), 'x-csrf-token': sessionOf(other).csrf };
    const post = closed.find(({ name }) => name === 'POST /live/token');
    if (!post) throw new Error('the endpoint of this test is gone');
    expect(await tryOut(post, headers)).toEqual({ status: 403, code: 'csrf' });
  });
});

describe('another customer', () => {
  const ONE = { phone: '971505550101', words: 'the aubergine boardroom of Falcon' };
  const OTHER = { phone: '971505550202', words: 'the turquoise reception of Ibex' };

  it('is in nothing that is answered about this one, on any route of a conversation', async () => {
    for (const { phone, words } of [ONE, OTHER]) {
      expect(
        (await product.webhook({ messages: [inbound(phone, `Hello, I furnish ${words}`)] })).status,
      ).toBe(200);
      await until('an answer', async () => {
        const at = `/conversations/${encodeURIComponent(conversationOf(phone))}/messages`;
        const { items = [] } = (await product.api('GET', at)).body;
        return items.some((message: { from: string }) => message.from === 'bot');
      });
    }
    const routes = ENDPOINTS.filter(
      ({ method, path }) => method === 'GET' && path.startsWith('/conversations/:id'),
    );
    expect(routes.length).toBeGreaterThanOrEqual(6);
    const seen: string[] = [];
    for (const route of routes) {
      const query = { snapshot: '?at=1', effects: '?from=1&to=50' }[route.path.split('/').at(-1) ?? ''] ?? '';
      const at = `${pathWith(route, conversationOf(ONE.phone))}${query}`;
      const { status, body } = await product.api('GET', at);
      expect([route.name, status]).toEqual([route.name, 200]);
      const text = JSON.stringify(body);
      if (text.includes(ONE.words)) seen.push(route.name);
      for (const theirs of [OTHER.phone, OTHER.words]) expect(text, route.name).not.toContain(theirs);
    }
    // Their own words are found where they belong, so the search above looks at the right thing.
    expect(seen).toContain('GET /conversations/:id/messages');
  });
});

/** Take seconds, end the session or run the whole catalog: what they take is too little to be worth it. */
const NOT_FUZZED: ReadonlySet<string> = new Set([
  ...TOO_DEAR_TO_ALLOW,
  'POST /admin/diagnostics/cpu-profile',
  'POST /products/sync',
]);
const fuzzed = ENDPOINTS.filter(({ name }) => !NOT_FUZZED.has(name));
const WORDS = [
  'text',
  'note',
  'reason',
  'title',
  'body',
  'kind',
  'language',
  'email',
  'name',
  'role',
  'id',
  'bot',
];
const ids = fc.oneof(
  fc.constantFrom(conversationOf('971505550101'), '1', '0', '-1', 'x', '\u0000', '..', '%', "' or 1=1 --"),
  fc.string({ minLength: 1, maxLength: 30 }),
);
const queries = fc.dictionary(
  fc.constantFrom(
    'limit',
    'cursor',
    'q',
    'since',
    'at',
    'from',
    'to',
    'phone',
    'sku',
    'period',
    'owner',
    'days',
  ),
  fc.oneof(
    fc.constantFrom('', '0', '1', '-1', '1e9', 'x', '\u0000', '2026-02-30', '9'.repeat(30)),
    fc.string(),
  ),
  { maxKeys: 3 },
);
const requests = fc.record({
  endpoint: fc.constantFrom(...fuzzed),
  id: ids,
  query: queries,
  body: bytesOf(
    fc.oneof(
      fc.dictionary(fc.constantFrom(...WORDS), jsonValue),
      jsonValue,
      nearMiss({ text: 'hello' }),
      nearMiss({ kind: 'faq', title: 't', body: 'b', language: 'en' }),
    ),
  ),
});

/** Whatever was sent: an answer of ours, never a fault. A vendor that is away may say so. */
const isAnswered = async (
  endpoint: Endpoint,
  id: string,
  query: Record<string, string>,
  body: Uint8Array,
) => {
  const search = new URLSearchParams(query).toString();
  const path = `${pathWith(endpoint, id)}${search === '' ? '' : `?${search}`}`;
  const answer = await product.api(endpoint.method, path, endpoint.takesBody ? body : undefined);
  const fine = answer.status < 500 || (answer.status === 503 && answer.headers.has('retry-after'));
  expect([endpoint.name, fine ? 'answered' : answer.status]).toEqual([endpoint.name, 'answered']);
  if (answer.status >= 400) expect(answer.body.error.code).toMatch(/^[a-z0-9_]+$/);
};

describe('requests that make no sense', () => {
  it.each(seedsOf('api'))('with the kept body %s are answered everywhere', async (_, body) => {
    for (const endpoint of fuzzed.filter(({ takesBody }) => takesBody))
      await isAnswered(endpoint, conversationOf('971505550101'), {}, body);
  });

  it('are answered without a fault of ours, whatever they hold', async () => {
    await fc.assert(
      fc.asyncProperty(requests, ({ endpoint, id, query, body }) => isAnswered(endpoint, id, query, body)),
      { numRuns: casesOf(400) },
    );
  }, 3_600_000);
});

describe('a session that ended', () => {
  it('opens nothing any more', async () => {
    const logout = closed.find(({ name }) => name === ENDS_THE_SESSION);
    if (!logout) throw new Error('the endpoint of this test is gone');
    for (const role of ROLES) {
      expect((await tryOut(logout, asRole(role))).status).toBe(204);
      for (const endpoint of closed) {
        const answer = await tryOut(endpoint, asRole(role));
        expect([endpoint.name, answer.status]).toEqual([endpoint.name, 401]);
      }
    }
  });
});

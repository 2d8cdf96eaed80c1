import { describe, expect, it } from 'vitest';
import { makeUsers } from '../auth/users.ts';
import { makePromptStore } from '../prompts/prompt-store.ts';
import { makeQueueViews } from '../queues/queue-views.ts';
import { makeJobRunner } from '../queues/run-job.ts';
import { fakeClock } from '../server/test-fakes.ts';
import { db, SECRET, session, setup, signIn } from './test-web-handler.ts';

/** The API with the administrator's stores on the test's database. */
const house = () => {
  const clock = fakeClock();
  const told: string[] = [];
  const store = makePromptStore(db.pool, clock, async () => {
    told.push('changed');
  });
  const s = setup({
    clock,
    prompts: { ...store, trial: async () => ({ status: 'missing' }) },
    users: makeUsers(db.pool, clock, SECRET),
    queues: { ...makeQueueViews(db.pool), ...makeJobRunner(db.pool, null) },
  });
  return { ...s, clock, told };
};

describe('prompts', () => {
  it('number their versions, keep one in force, and go back to an older one', async () => {
    await db.pool.query('truncate prompt_section');
    const { call, told } = house();
    const first = await call('POST', '/admin/prompts', { section: 'persona', body: 'Be warm.' });
    expect(first).toMatchObject({
      status: 201,
      body: { id: 'persona@1', active: true, createdBy: 'API token' },
    });
    await call('POST', '/admin/prompts', { section: 'persona', body: 'Be brief.', note: 'too long' });
    const draft = await call('POST', '/admin/prompts', { section: 'persona', body: 'x', activate: false });
    expect(draft.body).toMatchObject({ id: 'persona@3', active: false });
    expect(told).toHaveLength(2);
    const versions = async (query: string) =>
      (await call('GET', `/admin/prompts?${query}`)).body.items.map((item: { id: string }) => item.id);
    expect(await versions('section=persona')).toEqual(['persona@3', 'persona@2', 'persona@1']);
    expect(await versions('active=true')).toEqual(['persona@2']);
    expect((await call('POST', '/admin/prompts/persona@1/activate')).body).toMatchObject({ active: true });
    expect(await versions('active=true')).toEqual(['persona@1']);
    expect((await call('POST', '/admin/prompts/persona@9/activate')).status).toBe(404);
    const page = (await call('GET', '/admin/prompts?limit=2')).body;
    expect(await versions(`limit=2&cursor=${page.next}`)).toEqual(['persona@1']);
    const audit = (await call('GET', '/admin/audit?action=prompt.')).body.items;
    expect(audit.map((entry: { action: string }) => entry.action)).toEqual([
      'prompt.activate',
      'prompt.save',
      'prompt.save',
      'prompt.save',
    ]);
  });

  it('give two editors of one section a number each', async () => {
    await db.pool.query('truncate prompt_section');
    const { call } = house();
    const saves = await Promise.all(
      ['a', 'b', 'c', 'd'].map((body) => call('POST', '/admin/prompts', { section: 'rules', body })),
    );
    expect(saves.map((save) => save.body.version).sort()).toEqual([1, 2, 3, 4]);
    const { rows } = await db.pool.query('select count(*)::int as n from prompt_section where active');
    expect(rows[0].n).toBe(1);
  });

  it('are changed by administrators only, and an empty one is refused', async () => {
    const s = house();
    const { headers } = await session(s, 'manager');
    const body = JSON.stringify({ section: 'persona', body: 'x' });
    expect((await s.raw('POST', '/admin/prompts', { headers: headers(), body })).status).toBe(403);
    expect((await s.call('POST', '/admin/prompts', { section: 'persona', body: '   ' })).status).toBe(422);
    expect((await s.call('POST', '/admin/prompts', { section: 'No!', body: 'x' })).status).toBe(422);
    const trial = { conversationId: 'wz:c1:1', sections: [{ section: 'persona', body: 'x' }] };
    expect((await s.call('POST', '/admin/prompts/trial', trial)).status).toBe(404);
  });
});

describe('users', () => {
  it('are made with a link that signs them in, and set a password of their own', async () => {
    const s = house();
    const made = await s.call('POST', '/admin/users', {
      email: 'Aisha@Example.test',
      name: 'Aisha',
      role: 'manager',
    });
    expect(made).toMatchObject({
      status: 201,
      body: { user: { email: 'aisha@example.test', hasPassword: false } },
    });
    const again = await s.call('POST', '/admin/users', {
      email: 'aisha@example.test',
      name: 'A',
      role: 'viewer',
    });
    expect(again.status).toBe(409);
    const token = new URL(made.body.link.path, 'http://x').searchParams.get('link');
    const opened = await s.raw('POST', '/session/link', {
      body: JSON.stringify({ token }),
      headers: { 'content-type': 'application/json' },
    });
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
    const { csrfToken } = (await opened.json()) as { csrfToken: string };
    const headers = { cookie, 'x-csrf-token': csrfToken, 'content-type': 'application/json' };
    const set = (body: object) => s.raw('PUT', '/session/password', { headers, body: JSON.stringify(body) });
    expect((await set({ password: 'short' })).status).toBe(422);
    expect((await set({ password: 'a long enough one' })).status).toBe(204);
    expect((await set({ password: 'another long one', current: 'wrong' })).status).toBe(401);
    expect((await signIn(s, 'aisha@example.test', 'a long enough one')).status).toBe(200);
    // The session that changed it goes on.
    expect((await s.raw('GET', '/session', { headers: { cookie } })).status).toBe(200);
  });

  it('are out at once when disabled, and their reset ends session and password', async () => {
    const s = house();
    const { cookie } = await session(s, 'manager');
    const list = (await s.call('GET', '/admin/users')).body.items;
    const id = list.find((user: { role: string }) => user.role === 'manager').id;
    const reset = await s.call('POST', `/admin/users/${id}/reset`);
    expect(reset.body.path).toMatch(/^\/admin\/\?link=/);
    expect((await s.raw('GET', '/session', { headers: { cookie } })).status).toBe(401);
    expect((await signIn(s, 'manager@example.test')).status).toBe(401);
    const off = await s.call('PATCH', `/admin/users/${id}`, { disabled: true });
    expect(off.body.disabledAt).not.toBeNull();
    expect((await s.call('POST', `/admin/users/${id}/reset`)).status).toBe(404);
    expect((await s.call('PATCH', `/admin/users/${id}`, { disabled: false })).body.disabledAt).toBeNull();
  });

  it('keep an administrator, and nobody disables the own account', async () => {
    const s = house();
    const { headers } = await session(s, 'admin');
    const [admin] = (await s.call('GET', '/admin/users')).body.items;
    expect((await s.call('PATCH', `/admin/users/${admin.id}`, { role: 'viewer' })).body.error.code).toBe(
      'last_admin',
    );
    expect((await s.call('PATCH', `/admin/users/${admin.id}`, { disabled: true })).status).toBe(409);
    const own = await s.raw('PATCH', `/admin/users/${admin.id}`, {
      headers: headers(),
      body: JSON.stringify({ role: 'manager' }),
    });
    expect(await own.json()).toMatchObject({ error: { code: 'yourself' } });
    expect((await s.call('PATCH', '/admin/users/nobody', { name: 'x' })).status).toBe(404);
    const audit = (await s.call('GET', '/admin/audit?action=user.')).body.items;
    expect(audit).toEqual([]);
  });
});

describe('queues', () => {
  it('list armed timers by their moment, page by page, and no jobs where none are kept', async () => {
    await db.pool.query('truncate timer');
    await db.pool.query(`insert into timer (actor_id, timer_id, kind, due_at, event, armed_seq)
      select 'wz:c1:' || n, 'gathering', 'conversation', 1000 * (n / 2), '{}', 1 from generate_series(1, 5) n`);
    const { call } = house();
    const seen: string[] = [];
    let cursor = '';
    for (let page = 0; page < 3; page += 1) {
      const { body } = await call('GET', `/admin/timers?limit=2${cursor}`);
      seen.push(...body.items.map((item: { conversationId: string }) => item.conversationId));
      cursor = `&cursor=${body.next}`;
    }
    expect(seen).toEqual(['wz:c1:1', 'wz:c1:2', 'wz:c1:3', 'wz:c1:4', 'wz:c1:5']);
    expect((await call('GET', '/admin/timers?cursor=zzz')).status).toBe(422);
    expect((await call('GET', '/admin/jobs')).body).toEqual({ items: [], next: null });
    expect(await call('POST', '/admin/jobs/retention/run')).toMatchObject({
      status: 409,
      body: { error: { code: 'no_jobs_here' } },
    });
  });
});

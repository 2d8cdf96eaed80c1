/** Pausing through the web handler, with a real engine behind it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { add, counterKind } from '../engine/testing/counter.ts';
import { eventually, type TestEngine, testEngine } from '../engine/testing/harness.ts';
import { detailOf, fakeEngine, fakeViews } from '../server/test-fakes.ts';
import { db, ID, PATH, session, setup } from './test-web-handler.ts';

let engine: TestEngine;

beforeEach(async () => {
  await db.pool.query('truncate actor, mailbox, journal, outbox, timer');
  engine = await testEngine({ databaseUrl: db.url, kinds: [counterKind()] });
});

afterEach(() => engine.stop(500));

const api = () => {
  const views = {
    ...fakeViews(fakeEngine()),
    detail: async (id: string) => {
      const actor = await engine.load(id);
      return actor && detailOf(id, actor.version, []);
    },
  };
  return setup({ engine, views });
};

const seen = async (): Promise<readonly number[]> => (await engine.load(ID))?.snapshot.context.seen ?? [];

describe('pausing a conversation', () => {
  it('lets its events wait and shows it among the dead letters, until it is resumed', async () => {
    const { call } = api();
    await engine.deliver([add(ID, 1)]);
    await eventually(async () => (await seen()).length === 1);
    const paused = await call('POST', `${PATH}/pause`, { reason: 'The order is being checked' });
    expect([paused.status, paused.body.id]).toEqual([200, ID]);
    await engine.deliver([add(ID, 2), add('wz:c1:other', 1)]);
    await eventually(async () => (await engine.load('wz:c1:other'))?.snapshot.context.seen.length === 1);
    expect(await seen()).toEqual([1]);
    const letters = await call('GET', '/admin/dead-letters');
    expect(letters.body.items).toMatchObject([
      { kind: 'event', conversationId: ID, name: 'engine.paused', reason: 'The order is being checked' },
    ]);
    expect((await call('POST', `${PATH}/resume`)).status).toBe(200);
    await eventually(async () => (await seen()).length === 2);
    expect((await call('GET', '/admin/dead-letters')).body.items).toEqual([]);
  });

  it('is audited without the reason, and has one effect for one Idempotency-Key', async () => {
    const { call } = api();
    await engine.deliver([add(ID, 1)]);
    const key = { 'idempotency-key': 'click-1' };
    const [first, again] = [
      await call('POST', `${PATH}/pause`, { reason: 'a secret' }, key),
      await call('POST', `${PATH}/pause`, { reason: 'a secret' }, key),
    ];
    expect([first.status, again.status]).toEqual([200, 200]);
    await call('POST', `${PATH}/resume`);
    const audit = (await call('GET', '/admin/audit')).body;
    expect(audit.items).toMatchObject([
      { action: 'conversation.resume', target: 'wz:c1:155555***0142' },
      { action: 'conversation.pause', target: 'wz:c1:155555***0142' },
    ]);
    expect(JSON.stringify(audit)).not.toContain('a secret');
  });

  it('refuses what is paused, what is not, what does not exist, and a pause without a reason', async () => {
    const { call } = api();
    const pause = (path = PATH, reason = 'look') => call('POST', `${path}/pause`, { reason });
    expect((await pause()).status).toBe(404);
    await engine.deliver([add(ID, 1)]);
    expect((await pause(PATH, '  ')).status).toBe(422);
    const notPaused = await call('POST', `${PATH}/resume`);
    expect([notPaused.status, notPaused.body.error.code]).toEqual([409, 'not_allowed_now']);
    await pause();
    const twice = await pause();
    expect([twice.status, twice.body.error.code]).toEqual([409, 'not_allowed_now']);
  });

  it('is for managers, and described', async () => {
    const s = api();
    await engine.deliver([add(ID, 1)]);
    const viewer = await session(s, 'viewer');
    for (const path of ['pause', 'resume']) {
      const body = JSON.stringify({ reason: 'look' });
      const answer = await s.raw('POST', `${PATH}/${path}`, { headers: viewer.headers(), body });
      expect(answer.status).toBe(403);
      const { paths } = s.web.openApi() as { paths: Record<string, unknown> };
      expect(Object.keys(paths)).toContain(`/api/v1/conversations/{id}/${path}`);
    }
  });
});

import { expect, it } from 'vitest';
import { METRICS } from '../../machines/metrics/definitions.ts';
import { makeMetrics } from '../metrics/metrics-api.ts';
import { makeProjector } from '../metrics/projector.ts';
import { DAY, tell, ZONE } from '../metrics/testing.ts';
import { db, session, setup } from './test-web-handler.ts';

const shop = () => {
  const s = setup();
  const { clock } = s;
  const projector = makeProjector({ pool: db.pool, clock, timeZone: ZONE });
  const metrics = makeMetrics({ pool: db.pool, clock, timeZone: ZONE, projector });
  return setup({ clock, metrics, numbers: async () => ({ mailboxDepth: 3 }) });
};

it('answers numbers, definitions, a series and the list behind a number, with what has just happened in them', async () => {
  const { call, clock } = shop();
  const at = clock.now();
  const lines = [
    [at - 60_000, 'customer', 'Hello'],
    [at - 56_000, 'bot', 'Hello, I am Noor.'],
  ] as const;
  await tell(db.pool, { phone: '971500000031', lines });
  const { status, body } = await call('GET', '/admin/metrics?period=week&drill=conversations');
  expect(status).toBe(200);
  expect(body.runtime).toEqual({ mailboxDepth: 3 });
  expect(body.period).toMatchObject({
    from: '2026-01-09',
    to: '2026-01-15',
    timeZone: ZONE,
    currency: 'AED',
  });
  expect(body.metrics.map(({ id }: { id: string }) => id)).toEqual(METRICS.map(({ id }) => id));
  const conversations = body.metrics.find(({ id }: { id: string }) => id === 'conversations');
  expect(conversations).toMatchObject({ value: 1, previous: null, unit: 'count', drill: true });
  expect(conversations.definition).toMatch(/seven days/);
  expect(body.series).toHaveLength(7);
  expect(body.series.at(-1)).toMatchObject({
    from: '2026-01-15',
    values: { conversations: 1, quality: null },
  });
  expect(body.drill.items).toMatchObject([{ conversationId: 'wz:c1:971500000031', by: 'customer' }]);
  expect(body.countedUntil).toBe(new Date(at).toISOString());
});

it('lists the conversations behind a cost, dearest first', async () => {
  const { call } = shop();
  await db.pool.query(
    `insert into model_call (conversation_id, call_id, job, day, at, outcome, prompt_versions, reserved_usd, cost_usd)
     values ('wz:c1:cheap', 'c1', 'dialogue', '2026-01-15', 1000, 'answered', '{}', 1, 0.01),
       ('wz:c1:971500000031', 'c2', 'dialogue', '2026-01-14', 1000, 'answered', '{}', 1, 0.25)`,
  );
  const { body } = await call('GET', '/admin/metrics?period=week&drill=costPerConversation');
  expect(body.metrics.find(({ id }: { id: string }) => id === 'costPerConversation').drill).toBe(true);
  expect(body.drill.items).toMatchObject([
    { conversationId: 'wz:c1:971500000031', amount: '0.25', value: 1, known: true },
    { conversationId: 'wz:c1:cheap', amount: '0.01', known: false },
  ]);
});

it('takes any days, as days or as moments, and names what is wrong with others', async () => {
  const { call } = shop();
  const period = async (query: string) => (await call('GET', `/admin/metrics?${query}`)).body.period;
  expect(await period('period=day')).toMatchObject({ from: '2026-01-15', to: '2026-01-15' });
  expect(await period('period=month')).toMatchObject({ from: '2025-12-17', to: '2026-01-15' });
  expect(await period('from=2025-03-01&to=2025-03-31')).toMatchObject({
    from: '2025-03-01',
    to: '2025-03-31',
  });
  // 22:00 UTC is the next day in Dubai.
  expect(await period('from=2025-03-01T22:00:00Z&to=2025-03-31')).toMatchObject({ from: '2025-03-02' });
  for (const [query, path] of [
    ['from=2025-02-30', 'from'],
    ['to=tomorrow', 'to'],
    ['from=2025-03-02&to=2025-03-01', 'from'],
    ['from=1900-01-01', 'from'],
    ['drill=nonsense', 'drill'],
    ['drill=conversations&cursor=x', 'cursor'],
  ]) {
    const { status, body } = await call('GET', `/admin/metrics?${query}`);
    expect([query, status, body.error?.issues?.[0]?.path]).toEqual([query, 422, path]);
  }
});

it('is for everybody who is signed in, and for nobody else', async () => {
  const s = shop();
  expect((await s.raw('GET', '/admin/metrics')).status).toBe(401);
  const { cookie } = await session(s, 'viewer');
  expect((await s.raw('GET', '/admin/metrics', { headers: { cookie } })).status).toBe(200);
});

it('does not compare with days before anything was counted', async () => {
  const { call, clock } = shop();
  const early = clock.now() - 20 * DAY;
  await tell(db.pool, { phone: '971500000032', lines: [[early, 'customer', 'Hello']] });
  await call('GET', '/admin/metrics');
  const { body } = await call('GET', '/admin/metrics?period=month');
  expect(body.period.previous).toBeNull();
  expect((await call('GET', '/admin/metrics?period=week')).body.period.previous).toEqual({
    from: '2026-01-02',
    to: '2026-01-08',
  });
});

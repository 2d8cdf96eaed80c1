/** Channel health and templates on a real database against the vendor's double over HTTP. */
import { Effect, Layer, Redacted } from 'effect';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChannelGate } from '../../adapters/wazzup/channel-gate.ts';
import { startWazzupDouble, type WazzupDouble } from '../../adapters/wazzup/double.ts';
import { Wazzup } from '../../adapters/wazzup/wazzup.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { alertStore } from '../conversations/alert-store.ts';
import { managersGroup } from '../desk/managers-group.ts';
import { fakeClock, fakeLog } from '../server/test-fakes.ts';
import { makeChannels } from './channels.ts';
import { channelGate } from './gate.ts';
import { CHANNEL_CHECK_LOCK, whenAlone } from './single-run.ts';

const MINUTE_MS = 60_000;
let db: TestDatabase;
let double: WazzupDouble;
let clock = fakeClock();
let log = fakeLog();

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  clock = fakeClock();
  log = fakeLog();
  double = await startWazzupDouble({ channelId: 'c1,c2', transport: 'wapi', retryForMs: 0 });
  await db.pool.query('truncate channel, template, alert cascade');
});
afterEach(() => double.close());

/** A replica of ours. */
const replica = async (channelIds: readonly string[] = ['c1', 'c2']) => {
  const layer = Layer.merge(
    Wazzup.layer({ baseUrl: double.url, apiKey: Redacted.make('key'), timeoutMs: 5000 }),
    alertStore({ pool: db.pool, clock, log, secret: Redacted.make('s'), publicUrl: 'http://test' }).pipe(
      Layer.provide(managersGroup(null)),
    ),
  );
  const services = await Effect.runPromise(
    Effect.scoped(Effect.map(Layer.build(layer), (context) => context)),
  );
  return makeChannels({ pool: db.pool, services, channelIds, clock, log });
};

const alerts = async () =>
  (await db.pool.query('select conversation_id, reason, summary from alert order by at, alert_id')).rows;

const gate = async (what: 'maySend' | 'mayReachOut', channelId = 'c1') =>
  Effect.runPromise(
    Effect.flatMap(ChannelGate, (service) => service[what](channelId)).pipe(
      Effect.provide(channelGate(db.pool, clock, log)),
    ),
  );

const later = (ms = MINUTE_MS) => clock.advance(ms);
const told = (channelId: string, state: string, at: number | null = clock.now()) => ({
  kind: 'channel' as const,
  channelId,
  state,
  at,
});

describe('a channel', () => {
  it('that works is no news', async () => {
    const { check, api, health } = await replica();
    await check();
    expect(await api.list()).toMatchObject([
      { id: 'c1', transport: 'wapi', state: 'active', maySend: true, mayReachOut: true, advice: '' },
      { id: 'c2', state: 'active' },
    ]);
    expect(await alerts()).toEqual([]);
    expect(await health.check()).toEqual({
      status: 'ok',
      detail: { c1: 'active', c2: 'active', checkedSecondsAgo: 0 },
    });
  });

  it.each([
    ['qridle', 'QR'],
    ['blocked', 'blocked'],
    ['notEnoughMoney', 'Top up'],
    ['phoneUnavailable', 'phone on'],
  ])('that becomes %s alerts once, with what to do', async (state, advice) => {
    const { check, health } = await replica();
    await check();
    double.setChannelState('c1', state, false);
    for (let times = 0; times < 3; times++) {
      later();
      await check();
    }
    expect(await alerts()).toEqual([
      {
        conversation_id: null,
        reason: `The WhatsApp channel Sandbox line does not work: ${state.toLowerCase()}`,
        summary: expect.stringContaining(advice),
      },
    ]);
    expect((await health.check()).status).toBe('degraded');
  });

  it('that works again is told too, and a new failure is told anew', async () => {
    const { check } = await replica();
    for (const state of ['qridle', 'init', 'active', 'qridle']) {
      double.setChannelState('c1', state, false);
      later();
      await check();
    }
    expect((await alerts()).map(({ reason }) => reason.split('line ')[1])).toEqual([
      'does not work: qridle',
      'works again',
      'does not work: qridle',
    ]);
  });

  it('is noticed at once by webhook, on every replica', async () => {
    const [one, two] = [await replica(), await replica()];
    await one.check();
    later(1000);
    await one.onChannel(told('c1', 'qridle'));
    expect((await two.api.list())[0]).toMatchObject({ state: 'qridle', maySend: false, mayReachOut: false });
    expect((await two.health.check()).status).toBe('degraded');
    expect(await alerts()).toHaveLength(1);
  });

  it('is one alert when two replicas notice it at the same time', async () => {
    const [one, two] = [await replica(), await replica()];
    await Promise.all([one.onChannel(told('c1', 'blocked')), two.onChannel(told('c1', 'blocked'))]);
    expect(await alerts()).toHaveLength(1);
  });

  it('is told again by the next check when the alert could not be recorded', async () => {
    const { check } = await replica();
    double.setChannelState('c1', 'blocked', false);
    await db.pool.query('alter table alert rename to alert_away');
    await expect(check()).rejects.toMatchObject({ _tag: 'AlertNotRecorded' });
    await db.pool.query('alter table alert_away rename to alert');
    later();
    await check();
    expect(await alerts()).toHaveLength(1);
  });

  it('keeps its state when an older word comes late', async () => {
    const { onChannel, api } = await replica();
    const at = clock.now();
    await onChannel(told('c1', 'active', at));
    await onChannel(told('c1', 'qridle', at - 5000));
    expect((await api.list())[0]?.state).toBe('active');
    await onChannel(told('c1', 'qridle', at + 1));
    expect((await api.list())[0]?.state).toBe('qridle');
  });

  it('keeps what a webhook said while the list was on its way', async () => {
    const { check, onChannel, api } = await replica();
    double.server.addFault({ times: 1, delayMs: 200 });
    const checking = check();
    await new Promise((resolve) => setTimeout(resolve, 60));
    later(1000);
    await onChannel(told('c1', 'blocked'));
    await checking;
    expect((await api.list())[0]?.state).toBe('blocked');
  });

  it('that the account does not list says which variable to check', async () => {
    const { check, api } = await replica(['c1', 'typo']);
    await check();
    expect((await api.list()).find(({ id }) => id === 'typo')).toMatchObject({
      state: 'missing',
      maySend: false,
      advice: expect.stringContaining('WAZZUP_CHANNEL_ID'),
    });
    expect((await api.list()).map(({ id }) => id)).not.toContain('c2');
  });

  it('of which nothing was heard for long is not called healthy', async () => {
    const { check, health } = await replica();
    expect((await health.check()).status).toBe('ok');
    await check();
    double.server.addFault({ respond: { status: 500 } });
    later(6 * MINUTE_MS);
    await expect(check()).rejects.toMatchObject({ retryable: true });
    expect(await health.check()).toMatchObject({
      status: 'degraded',
      detail: { c1: 'active', checkedSecondsAgo: 360 },
    });
  });
});

describe('the check', () => {
  const asked = () => double.server.log.filter(({ path }) => path === '/v3/channels').length;

  it('is made once a minute, however many replicas there are', async () => {
    const replicas = await Promise.all([replica(), replica(), replica()]);
    for (const { check } of replicas) await check();
    expect(asked()).toBe(1);
    later();
    await Promise.all(replicas.map(({ check }) => check()));
    expect(asked()).toBe(2);
  });

  it('is left to whoever is at it, and free again when its replica dies', async () => {
    const { check } = await replica();
    const inside = await whenAlone(db.pool, CHANNEL_CHECK_LOCK, check);
    expect([inside, asked()]).toEqual([true, 0]);
    await expect(
      whenAlone(db.pool, CHANNEL_CHECK_LOCK, () => Promise.reject(new Error('it fell over'))),
    ).rejects.toThrow('fell over');
    await check();
    expect(asked()).toBe(1);
  });

  it('runs by itself from the start, and stops', async () => {
    const { watch, api } = await replica();
    const upkeep = watch();
    for (let tries = 0; tries < 200 && (await api.list()).length === 0; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await upkeep.stop();
    expect(await api.list()).toHaveLength(2);
  });
});

describe('the gate', () => {
  it.each([
    ['active', true, true],
    ['init', true, false],
    ['somethingNew', true, false],
    ['qridle', false, false],
    ['openElsewhere', false, false],
  ])('of a channel that is %s: answer %s, outreach %s', async (state, maySend, mayReachOut) => {
    const { check } = await replica();
    double.setChannelState('c1', state, false);
    await check();
    expect([await gate('maySend'), await gate('mayReachOut')]).toEqual([maySend, mayReachOut]);
  });

  it('lets answers through before anything is known, and holds outreach back', async () => {
    expect([await gate('maySend'), await gate('mayReachOut')]).toEqual([true, false]);
  });

  it('sees a change after five seconds at the latest', async () => {
    const { onChannel } = await replica();
    const layer = channelGate(db.pool, clock, log);
    const ask = Effect.flatMap(ChannelGate, (service) => service.mayReachOut('c1')).pipe(
      Effect.provide(layer),
    );
    await onChannel(told('c1', 'active'));
    expect(await Effect.runPromise(ask)).toBe(true);
    later(1000);
    await onChannel(told('c1', 'qridle'));
    later(5000);
    expect(await Effect.runPromise(ask)).toBe(false);
  });

  it('leaves answers alone and holds outreach back while the database is away', async () => {
    await db.pool.query('alter table channel rename to channel_away');
    const answers = [await gate('maySend'), await gate('mayReachOut')];
    await db.pool.query('alter table channel_away rename to channel');
    expect(answers).toEqual([true, false]);
  });
});

describe('templates', () => {
  const QUOTE = '0a1b2c3d-0000-4000-8000-000000000005';
  const use = (id: string, values: readonly string[] = []) => ({ id, values });

  it('are read with the channels and can be filled in', async () => {
    const { check, api } = await replica();
    await check();
    const { items, next } = await api.templates(50);
    expect(next).toBeNull();
    expect(items).toHaveLength(5);
    expect(items.find(({ id }) => id === QUOTE)).toMatchObject({ status: 'approved', blanks: 2 });
    expect(await api.prepare('c1', use(QUOTE, ['Omar', 'Q-1']))).toEqual({
      text: 'Hello Omar, your quotation Q-1 is ready. Reply here to receive it.',
    });
  });

  it('come in pages', async () => {
    const { check, api } = await replica();
    await check();
    const ids: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await api.templates(2, cursor);
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }
    expect(new Set(ids).size).toBe(5);
    await expect(api.templates(2, 'mine')).rejects.toMatchObject({ name: 'BadCursor' });
  });

  it('follow the webhook at once and the list later', async () => {
    const { check, onTemplate, api } = await replica();
    await check();
    later();
    const news = { kind: 'template' as const, templateGuid: QUOTE, name: 'quote_ready', status: 'rejected' };
    await onTemplate(news);
    expect(await api.prepare('c1', use(QUOTE, ['a', 'b']))).toMatchObject({
      refused: { code: 'template_not_approved' },
    });
    later(20 * MINUTE_MS);
    await check();
    expect(await api.prepare('c1', use(QUOTE, ['a', 'b']))).toHaveProperty('text');
  });

  it('that the account has no more are removed, and come back', async () => {
    const { check, api } = await replica();
    await check();
    double.server.addFault({ path: /templates/, times: 1, respond: { status: 200, body: [] } });
    later(20 * MINUTE_MS);
    await check();
    expect((await api.templates(50)).items.map(({ status }) => status)).toEqual(Array(5).fill('removed'));
    later(20 * MINUTE_MS);
    await check();
    expect((await api.templates(50)).items[0]?.status).toBe('approved');
  });

  it.each([
    ['of no one', use('nobody'), 'template_unknown'],
    ['with too few values', use(QUOTE, ['Omar']), 'template_values'],
    ['with an empty value', use(QUOTE, ['Omar', ' ']), 'template_values'],
  ])('%s are refused before anything is queued', async (_name, what, code) => {
    const { check, api } = await replica();
    await check();
    expect(await api.prepare('c1', what)).toMatchObject({ refused: { code } });
  });

  it('are refused on a channel that is down, and of another channel', async () => {
    const { check, onChannel, api } = await replica();
    await check();
    await db.pool.query(`update template set channel_ids = '{c2}' where template_id = $1`, [QUOTE]);
    expect(await api.prepare('c1', use(QUOTE, ['a', 'b']))).toMatchObject({
      refused: { code: 'template_elsewhere' },
    });
    later();
    await onChannel(told('c2', 'blocked'));
    expect(await api.prepare('c2', use(QUOTE, ['a', 'b']))).toMatchObject({
      refused: { code: 'channel_down' },
    });
    expect(await api.trouble('c2')).toContain('blocked');
    expect(await api.trouble('c1')).toBeNull();
  });

  it('are not asked for where no channel is a business channel (domain 17.12)', async () => {
    await double.close();
    double = await startWazzupDouble({ channelId: 'c1,c2', retryForMs: 0 });
    const { check, api } = await replica();
    await check();
    expect(double.server.log.map(({ path }) => path)).toEqual(['/v3/channels']);
    expect(await api.prepare('c1', use(QUOTE))).toMatchObject({ refused: { code: 'no_templates' } });
  });
});

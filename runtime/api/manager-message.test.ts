/** A manager's message: text while the window is open, an approved template at any time (domain 17.3). */
import { describe, expect, it } from 'vitest';
import type { ChannelsApi } from './deps.ts';
import { ID, PATH, setup } from './test-web-handler.ts';

const TEMPLATE = { id: 't-1', values: ['Omar'] };
const channel = {
  id: 'c1',
  name: 'Sales line',
  phone: '15555550100',
  transport: 'wapi',
  state: 'active',
  maySend: true,
  mayReachOut: true,
  advice: '',
  since: '2026-01-15T10:00:00.000Z',
  checkedAt: '2026-01-15T10:00:00.000Z',
};

const channels = (over: Partial<ChannelsApi> = {}): ChannelsApi => ({
  list: async () => [channel],
  templates: async () => ({ items: [], next: null }),
  trouble: async () => null,
  prepare: async (channelId, { values }) => ({ text: `${channelId}: Hello ${values[0]}` }),
  ...over,
});

/** A conversation whose window closed long ago. */
const closed = (over: Partial<ChannelsApi> | null = {}) => {
  const s = setup(over === null ? {} : { channels: channels(over) });
  s.engine.commit(ID);
  s.views.windowClosesAt = null;
  s.views.allowed = ['manager.reply', 'manager.template'];
  return s;
};

describe('POST /conversations/:id/messages', () => {
  it('takes a template while the window is closed, with the words that the customer will read', async () => {
    const { call, engine } = closed();
    expect((await call('POST', `${PATH}/messages`, { template: TEMPLATE })).status).toBe(200);
    expect(engine.delivered.map(({ body }) => body)).toMatchObject([
      { type: 'manager.template', template: TEMPLATE, text: 'c1: Hello Omar', by: { name: 'API token' } },
    ]);
  });

  it('refuses a text while the window is closed, and names the way out', async () => {
    const { call, engine } = closed();
    const { status, body } = await call('POST', `${PATH}/messages`, { text: 'Hello' });
    expect([status, body.error.code]).toEqual([409, 'window_closed']);
    expect(body.error.message).toContain('/api/v1/templates');
    expect(engine.delivered).toEqual([]);
  });

  it('sends a template once for one Idempotency-Key', async () => {
    const { call, engine } = closed();
    for (let times = 0; times < 2; times++) {
      const headers = { 'idempotency-key': 'click-1' };
      expect((await call('POST', `${PATH}/messages`, { template: TEMPLATE }, headers)).status).toBe(200);
    }
    expect(engine.delivered).toHaveLength(1);
  });

  it.each([
    ['a template that may not go out', { template: TEMPLATE }, 'template_not_approved'],
    ['a text on a channel that is down', { text: 'Hello' }, 'channel_down'],
  ])('answers %s with the remedy and changes nothing', async (_name, payload, code) => {
    const { call, engine } = closed({
      trouble: async () => 'Scan the QR code',
      prepare: async () => ({ refused: { code: 'template_not_approved', message: 'Choose another' } }),
    });
    const { status, body } = await call('POST', `${PATH}/messages`, payload);
    expect([status, body.error.code]).toEqual([409, code]);
    expect(engine.delivered).toEqual([]);
  });

  it('says that there are no templates where there are no channels', async () => {
    const { call } = closed(null);
    const { status, body } = await call('POST', `${PATH}/messages`, { template: TEMPLATE });
    expect([status, body.error.code]).toEqual([409, 'no_templates']);
  });

  it.each([
    ['nothing', {}],
    ['both', { text: 'Hello', template: TEMPLATE }],
    ['a template without values', { template: { id: 't-1' } }],
    ['an empty value', { template: { id: 't-1', values: [''] } }],
    ['too many values', { template: { id: 't-1', values: Array(51).fill('x') } }],
    ['a blank text', { text: '  ' }],
  ])('refuses %s with the path', async (_name, payload) => {
    const { call, engine } = closed();
    const { status, body } = await call('POST', `${PATH}/messages`, payload);
    expect([status, body.error.issues.length > 0]).toEqual([422, true]);
    expect(engine.delivered).toEqual([]);
  });

  it('knows no conversation of another form', async () => {
    const { call } = closed();
    expect((await call('POST', '/conversations/nobody/messages', { text: 'Hello' })).status).toBe(404);
  });
});

describe('GET /channels and /templates', () => {
  it('show the channels with what to do', async () => {
    const { call } = closed();
    expect((await call('GET', '/channels')).body).toEqual({ items: [channel], next: null });
  });

  it('page the templates', async () => {
    const asked: unknown[] = [];
    const { call } = closed({
      templates: async (...page) => {
        asked.push(page);
        return { items: [], next: 'more' };
      },
    });
    expect((await call('GET', '/templates?limit=5&cursor=abc')).body).toEqual({ items: [], next: 'more' });
    expect(asked).toEqual([[5, 'abc']]);
  });

  it('are not served where there are no channels', async () => {
    const { call } = closed(null);
    expect((await call('GET', '/channels')).status).toBe(404);
  });
});

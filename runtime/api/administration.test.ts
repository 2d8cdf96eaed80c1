import { describe, expect, it } from 'vitest';
import { setup } from './test-web-handler.ts';

describe('administration', () => {
  it('merges a part of the settings, keeps the rest, and tells who changed what', async () => {
    const { call } = setup();
    const before = (await call('GET', '/admin/settings')).body;
    expect(before).toMatchObject({
      bot: { enabled: true },
      followUps: { enabled: false },
      orders: { vatPercent: '5' },
    });
    const put = await call('PUT', '/admin/settings', { discounts: { segments: { Wholesale: '15' } } });
    expect(put.body).toEqual({ ...before, discounts: { segments: { Wholesale: '15' } } });
    expect(
      (await call('PUT', '/admin/settings', { bot: { enabled: false } })).body.discounts.segments,
    ).toEqual({
      Wholesale: '15',
    });
    const cleared = await call('PUT', '/admin/settings', { discounts: { segments: { Wholesale: null } } });
    expect(cleared.body.discounts.segments).toEqual({});
    const history = (await call('GET', '/admin/settings/history?limit=2')).body;
    expect(history.items).toMatchObject([{ actor: 'API token' }, { patch: { bot: { enabled: false } } }]);
    const older = (await call('GET', `/admin/settings/history?cursor=${history.next}`)).body;
    expect(older).toMatchObject({ items: [{ patch: { discounts: {} } }], next: null });
  });

  it('refuses wrong settings with their paths and changes nothing', async () => {
    const { call } = setup();
    const wrong = {
      bot: { enabled: 'yes' },
      discounts: { segments: { Wholesale: '150' } },
      conversation: { maxContextMessages: 0 },
      colour: 'red',
    };
    const { status, body } = await call('PUT', '/admin/settings', wrong);
    expect(status).toBe(422);
    expect(body.error.issues.map((issue: { path: string }) => issue.path).sort()).toEqual([
      'bot.enabled',
      'colour',
      'conversation.maxContextMessages',
      'discounts.segments.Wholesale',
    ]);
    expect((await call('GET', '/admin/settings')).body.bot.enabled).toBe(true);
    expect((await call('PUT', '/admin/settings', [])).status).toBe(422);
    expect((await call('GET', '/admin/settings/history')).body.items).toEqual([]);
  });

  it('shows unreadable payloads beside parked events, retries and discards them', async () => {
    const { ctx, engine, call } = setup();
    const good = {
      messageId: 'm1',
      channelId: 'c1',
      chatType: 'whatsapp',
      chatId: '15555550142',
      dateTime: '2026-01-15T10:20:30.123Z',
      type: 'text',
      status: 'inbound',
      text: 'x',
    };
    const rejected = [
      { path: 'messages[0]', reason: 'was unreadable to an older version', raw: good },
      { path: 'messages[1].chatId', reason: 'is missing', raw: { messageId: 'm2' } },
    ];
    await ctx.webhookStore.quarantine(rejected, ctx.clock.now());
    const letters = (await call('GET', '/admin/dead-letters?limit=1')).body;
    const rest = (await call('GET', `/admin/dead-letters?limit=1&cursor=${letters.next}`)).body;
    expect([letters.next === null, rest.next]).toEqual([false, null]);
    const items = [...letters.items, ...rest.items] as { id: string; name: string; kind: string }[];
    expect(items.map((item) => item.kind)).toEqual(['payload', 'payload']);
    const idOf = (name: string) => encodeURIComponent(items.find((item) => item.name === name)?.id ?? '');
    expect((await call('POST', `/admin/dead-letters/${idOf('messages[1].chatId')}/retry`)).status).toBe(409);
    expect((await call('POST', `/admin/dead-letters/${idOf('messages[0]')}/retry`)).body).toEqual({
      ok: true,
    });
    expect(engine.delivered).toMatchObject([{ eventId: 'm1' }]);
    expect((await call('POST', `/admin/dead-letters/${idOf('messages[1].chatId')}/discard`)).status).toBe(
      200,
    );
    expect((await call('GET', '/admin/dead-letters')).body).toEqual({ items: [], next: null });
    expect((await call('POST', '/admin/dead-letters/none/retry')).status).toBe(404);
  });

  it('shows health to everybody, and its parts to those who are signed in', async () => {
    const { raw, call } = setup();
    expect(await (await raw('GET', '/health')).json()).toEqual({ status: 'ok' });
    expect((await call('GET', '/health')).body.components).toEqual({ postgres: { status: 'ok' } });
    const ill = setup({ health: async () => ({ status: 'degraded', components: {} }) });
    expect((await ill.raw('GET', '/health')).status).toBe(503);
    expect((await ill.raw('GET', '/health/live')).status).toBe(200);
  });

  it('serves machines', async () => {
    const { call } = setup();
    expect((await call('GET', '/machines')).body.items).toEqual([{ id: 'conversation', version: '1' }]);
    expect((await call('GET', '/machines/conversation')).body).toMatchObject({ id: 'conversation' });
    expect((await call('GET', '/machines/x')).status).toBe(404);
  });
});

describe('the shop and the sandbox', () => {
  const product = {
    sku: 'CH-616',
    name: 'Chair',
    nameAr: 'كرسي',
    description: null,
    category: 'chairs',
    price: { amount: '290.00', currency: 'AED' },
    stock: 4,
    unit: null,
    active: true,
    imageUrl: null,
    cardScore: null,
    updatedAt: '2026-01-15T10:00:00.000Z',
  };
  const article = { kind: 'faq', title: 'Delivery', body: 'Two days', language: 'en' } as const;

  it('serves the catalog, and each sync run is audited', async () => {
    const asked: unknown[] = [];
    const why = {
      dense: 0.4,
      words: 0.5,
      kind: 'same' as const,
      kindsAsked: ['chair'],
      filters: { maxPrice: null, categories: [], inStock: false },
    };
    const { call } = setup({
      catalog: {
        list: async (query) => {
          asked.push(query);
          return { items: [product], next: null };
        },
        search: async (query) => {
          asked.push(query);
          return [{ ...product, score: 0.9, match: 'text', why }];
        },
        sync: async () => ({ id: 'run-1' }),
        syncRun: async () => null,
        latestRun: async () => null,
      },
    });
    expect((await call('GET', '/products?category=chairs')).body.items).toEqual([product]);
    await call('GET', '/products?improve=true');
    const search = await call('GET', `/products/search?q=${encodeURIComponent('كرسي مكتب')}&lang=ar&limit=3`);
    expect(search.body.items).toMatchObject([{ sku: 'CH-616', score: 0.9, match: 'text', why }]);
    expect(asked).toEqual([
      { category: 'chairs', limit: 50 },
      { improve: true, limit: 50 },
      { q: 'كرسي مكتب', lang: 'ar', limit: 3 },
    ]);
    expect((await call('GET', '/products/search')).status).toBe(422);
    const sync = await call('POST', '/products/sync');
    expect([sync.status, sync.body]).toEqual([202, { id: 'run-1' }]);
    expect((await call('GET', '/products/sync/run-9')).status).toBe(404);
    expect((await call('GET', '/products/sync')).status).toBe(404);
    expect((await call('GET', '/admin/audit')).body.items).toMatchObject([
      { action: 'products.sync', target: 'run-1' },
    ]);
  });

  it('keeps articles', async () => {
    const stored = { id: 'a1', ...article, updatedAt: '2026-01-15T10:00:00.000Z' };
    const { call } = setup({
      knowledge: {
        list: async () => ({ items: [stored], next: null }),
        put: async (id) => (id === null || id === 'a1' ? stored : null),
        search: async ({ q, limit }) => (q === 'delivery' && limit === 3 ? [{ ...stored, score: 0.8 }] : []),
        remove: async (id) => id === 'a1',
      },
    });
    expect((await call('GET', '/knowledge/search?q=delivery&limit=3')).body.items).toEqual([
      { ...stored, score: 0.8 },
    ]);
    expect((await call('GET', '/knowledge/search?q=')).status).toBe(422);
    expect((await call('POST', '/knowledge', article)).status).toBe(201);
    expect((await call('POST', '/knowledge', { ...article, kind: 'poem' })).body.error.issues[0].path).toBe(
      'kind',
    );
    expect((await call('PUT', '/knowledge/a1', article)).body).toEqual(stored);
    expect((await call('PUT', '/knowledge/a2', article)).status).toBe(404);
    expect((await call('DELETE', '/knowledge/a1')).status).toBe(204);
    expect((await call('DELETE', '/knowledge/a2')).status).toBe(404);
    const audited = (await call('GET', '/admin/audit')).body.items;
    expect(audited.map((entry: { action: string }) => entry.action)).toEqual([
      'knowledge.remove',
      'knowledge.update',
      'knowledge.create',
    ]);
  });

  it('writes as a customer and as a manager, in the sandbox only', async () => {
    const written: unknown[] = [];
    const { call } = setup({
      simulator: {
        customerWrites: async (message) => {
          written.push(message);
          return { messageId: 'm1' };
        },
        managerWrites: async (message) => {
          written.push(message);
          throw new Error('the product did not take the webhook');
        },
        chat: () => [],
        chats: () => [{ chatId: '15555550142', name: 'Alex', last: null, unread: 0 }],
        markRead: async () => undefined,
        onChange: () => () => undefined,
      },
    });
    expect((await call('GET', '/sandbox/chats')).body.items).toMatchObject([{ name: 'Alex' }]);
    const chat = '/sandbox/chats/15555550142';
    expect((await call('GET', chat)).body).toEqual({ items: [], next: null });
    expect((await call('POST', `${chat}/messages`, { text: 'hi', times: 2 })).status).toBe(201);
    expect((await call('POST', `${chat}/messages`, {})).status).toBe(422);
    expect((await call('POST', '/sandbox/chats/abc/messages', { text: 'hi' })).status).toBe(422);
    const voice = { name: 'voice.webm', contentType: 'audio/webm', base64: 'GkXfow==' };
    const spoken = { kind: 'audio', text: '', file: voice };
    expect((await call('POST', `${chat}/messages`, spoken)).status).toBe(201);
    for (const wrong of [{ base64: 'no base64!' }, { base64: '' }, { contentType: 'text/html' }]) {
      const { status } = await call('POST', `${chat}/messages`, { ...spoken, file: { ...voice, ...wrong } });
      expect(status).toBe(422);
    }
    expect((await call('POST', `${chat}/manager`, { text: 'I am here', from: 'phone' })).status).toBe(503);
    expect((await call('POST', `${chat}/read`)).body).toEqual({ ok: true });
    expect(written).toMatchObject([
      { chatId: '15555550142', text: 'hi', times: 2 },
      { kind: 'audio', file: { name: 'voice.webm', bytes: new Uint8Array([26, 69, 223, 163]) } },
      { chatId: '15555550142', text: 'I am here', from: 'phone' },
    ]);
  });
});

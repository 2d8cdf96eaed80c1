/** Every call of ours to every vendor, against the doubles; each by a client of its own, so that no circuit stays open. */
import { Effect, Redacted, Schema } from 'effect';
import { startJinaDouble } from '../../adapters/jina/double.ts';
import { jinaEmbedderLayer } from '../../adapters/jina/jina.ts';
import { startOpenRouterDouble } from '../../adapters/openrouter/double.ts';
import { ChatModel } from '../../adapters/openrouter/openrouter.ts';
import { startQdrantDouble } from '../../adapters/qdrant/double.ts';
import { makeQdrantStore } from '../../adapters/qdrant/qdrant.ts';
import type { LimiterShape } from '../../adapters/redis/limiter.ts';
import { startTelegramDouble } from '../../adapters/telegram/double.ts';
import { Telegram } from '../../adapters/telegram/telegram.ts';
import { DIMENSIONS, Embedder } from '../../adapters/vector/embedder.ts';
import { startWazzupDouble } from '../../adapters/wazzup/double.ts';
import { Wazzup } from '../../adapters/wazzup/wazzup.ts';
import { startWhisperDouble } from '../../adapters/whisper/double.ts';
import { voiceSample } from '../../adapters/whisper/voice-samples.ts';
import { Transcriber } from '../../adapters/whisper/whisper.ts';
import { makeZohoCrm } from '../../adapters/zoho-crm/zoho-crm.ts';
import { orderNumber } from '../../adapters/zoho-inventory/order-number.ts';
import { SANDBOX_TAX_ID } from '../../adapters/zoho-inventory/sales-double-store.ts';
import { makeZohoInventory } from '../../adapters/zoho-inventory/zoho-inventory.ts';
import { startZohoDouble, type ZohoDouble } from '../../adapters/zoho-oauth/zoho-double.ts';
import {
  makeZohoToken,
  type ZohoProduct,
  type ZohoTokenShape,
} from '../../adapters/zoho-oauth/zoho-token.ts';

export interface VendorCall {
  readonly vendor: string;
  readonly name: string;
  readonly run: () => Effect.Effect<unknown, unknown>;
}

export interface Vendors {
  readonly calls: readonly VendorCall[];
  readonly close: () => Promise<void>;
}

/** The vendors' limits are not what is tried here. */
const unlimited: LimiterShape = { take: () => Effect.succeed({ allowed: true, remaining: 1 }) };
const key = Redacted.make('key-of-the-fuzz');
const clock = { now: () => Date.parse('2026-02-01T08:00:00Z') };

type Named = Readonly<Record<string, () => Effect.Effect<unknown, unknown>>>;
const named = (vendor: string, calls: Named): readonly VendorCall[] =>
  Object.entries(calls).map(([name, run]) => ({ vendor, name, run }));

const wazzupCalls = (url: string, channelId: string): readonly VendorCall[] => {
  type Service = (typeof Wazzup)['Service'];
  const ask = (use: (wazzup: Service) => Effect.Effect<unknown, unknown>) => () =>
    Effect.flatMap(Wazzup, use).pipe(
      Effect.provide(Wazzup.layer({ baseUrl: url, apiKey: key, limiter: unlimited })),
    );
  const to = { channelId, chatId: '971501234567', chatType: 'whatsapp' } as const;
  const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
  return named('wazzup', {
    sendText: ask((it) => it.sendText({ ...to, crmMessageId: id(1), text: 'Hello' })),
    sendQuote: ask((it) => it.sendText({ ...to, crmMessageId: id(2), text: 'Hello', refMessageId: id(9) })),
    sendFile: ask((it) => it.sendFile({ ...to, crmMessageId: id(3), contentUri: 'https://shop.test/a.pdf' })),
    sendTemplate: ask((it) =>
      it.sendTemplate({ ...to, crmMessageId: id(4), templateId: id(5), values: ['Aisha'] }),
    ),
    editText: ask((it) => it.editText({ messageId: id(6), text: 'Hi' })),
    deleteMessage: ask((it) => it.deleteMessage(id(6))),
    templates: ask((it) => it.templates()),
    textLimit: ask((it) => it.textLimit(channelId)),
    channels: ask((it) => it.channels()),
    subscription: ask((it) => it.subscription()),
    subscribe: ask((it) => it.subscribe('https://shop.test/webhook')),
  });
};

const telegramCalls = (url: string): readonly VendorCall[] => {
  type Service = (typeof Telegram)['Service'];
  const ask = (use: (telegram: Service) => Effect.Effect<unknown, unknown>) => () =>
    Effect.flatMap(Telegram, use).pipe(
      Effect.provide(Telegram.layer({ baseUrl: url, botToken: key, chatId: '-1001', limiter: unlimited })),
    );
  return named('telegram', {
    sendAlert: ask((it) => it.sendAlert({ alertId: 'a1', html: '<b>Order</b>' })),
    say: ask((it) => it.say({ html: 'Thanks', replyTo: '1', ask: true })),
    answerButton: ask((it) => it.answerButton('1', 'Done')),
    removeButtons: ask((it) => it.removeButtons('1')),
    getUpdates: ask((it) => it.getUpdates(1, 0)),
    setWebhook: ask((it) => it.setWebhook({ url: 'https://shop.test/telegram', secret: key })),
    check: ask((it) => it.check()),
  });
};

const openRouterCalls = (url: string): readonly VendorCall[] => {
  type Service = (typeof ChatModel)['Service'];
  const ask = (use: (model: Service) => Effect.Effect<unknown, unknown>) => () =>
    Effect.flatMap(ChatModel, use).pipe(
      Effect.provide(ChatModel.layer({ baseUrl: url, apiKey: key, model: 'shop/test', limiter: unlimited })),
    );
  const request = {
    job: 'dialogue',
    messages: [{ role: 'user', content: 'Do you have chairs?' }],
    maxTokens: 100,
  } as const;
  const search = { name: 'search', description: 'finds', parameters: { type: 'object', properties: {} } };
  const tools = [{ type: 'function', function: search }] as const;
  const form = Schema.Struct({ score: Schema.Number, why: Schema.optionalKey(Schema.String) });
  return named('openrouter', {
    complete: ask((it) => it.complete(request)),
    tools: ask((it) => it.complete({ ...request, tools })),
    structured: ask((it) => it.complete({ ...request, responseFormat: { name: 'verdict', schema: form } })),
    stream: ask((it) => it.stream({ ...request, tools }, () => undefined)),
    check: ask((it) => it.check()),
  });
};

const whisperCalls = (url: string): readonly VendorCall[] => {
  type Service = (typeof Transcriber)['Service'];
  const ask = (use: (transcriber: Service) => Effect.Effect<unknown, unknown>) => () =>
    Effect.flatMap(Transcriber, use).pipe(
      Effect.provide(Transcriber.layer({ baseUrl: url, apiKey: key, model: 'whisper-1' })),
    );
  const { bytes } = voiceSample('english');
  return named('whisper', {
    transcribe: ask((it) => it.transcribe({ bytes })),
    transcribeSmall: ask((it) => it.transcribe({ bytes, model: 'gpt-4o-mini-transcribe' })),
    check: ask((it) => it.check()),
  });
};

const jinaCalls = (url: string): readonly VendorCall[] => {
  const ask = (texts: readonly string[], task: 'query' | 'passage') => () =>
    Effect.flatMap(Embedder, (it) => it.embed(texts, task)).pipe(
      Effect.provide(
        jinaEmbedderLayer({ baseUrl: url, apiKey: key, model: 'jina-embeddings-v3', dimensions: 4 }),
      ),
    );
  return named('jina', { query: ask(['chair'], 'query'), passages: ask(['chair', 'desk'], 'passage') });
};

const qdrantCalls = (url: string): readonly VendorCall[] => {
  type Service = ReturnType<typeof makeQdrantStore>;
  const ask = (use: (store: Service) => Effect.Effect<unknown, unknown>) => () =>
    Effect.suspend(() => use(makeQdrantStore({ url })));
  const vector = new Float32Array(DIMENSIONS).fill(1 / Math.sqrt(DIMENSIONS));
  const point = { id: 'CH-616', text: 'office chair', payload: {}, vector };
  return named('qdrant', {
    ensure: ask((it) => it.ensure('products', DIMENSIONS)),
    upsert: ask((it) => it.upsert('products', [point])),
    search: ask((it) => it.search('products', { text: 'office chair', vector, limit: 5 })),
    remove: ask((it) => it.remove('products', ['x'])),
    count: ask((it) => it.count('products')),
    rebuild: ask((it) => it.rebuild('products', DIMENSIONS, (upsert) => upsert([point]))),
    check: ask((it) => it.check()),
  });
};

const tokenOf = (zoho: ZohoDouble, product: ZohoProduct): ZohoTokenShape =>
  makeZohoToken({
    product,
    accountsUrl: zoho.accountsUrl,
    apiBaseUrl: product === 'crm' ? zoho.crmUrl : zoho.inventoryUrl,
    clientId: '1000.FUZZ',
    clientSecret: key,
    refreshToken: key,
  });

/** A token that is there already: the product's own answers are tried, not those of the accounts host. */
const held = (token: ZohoTokenShape, value: Redacted.Redacted): ZohoTokenShape => ({
  ...token,
  get: Effect.succeed(value),
  renew: () => Effect.succeed(value),
});

const oauthCalls = (zoho: ZohoDouble): readonly VendorCall[] =>
  named('zoho-oauth', {
    crm: () => Effect.suspend(() => tokenOf(zoho, 'crm').get),
    renewed: () =>
      Effect.suspend(() => {
        const token = tokenOf(zoho, 'inventory');
        return Effect.flatMap(token.get, token.renew);
      }),
  });

const crmCalls = (zoho: ZohoDouble, token: ZohoTokenShape): readonly VendorCall[] => {
  type Service = ReturnType<typeof makeZohoCrm>;
  const ask = (use: (crm: Service) => Effect.Effect<unknown, unknown>) => () =>
    Effect.suspend(() =>
      use(makeZohoCrm({ baseUrl: zoho.crmUrl, lookDelaysMs: [0, 0], limiter: unlimited }, token)),
    );
  const id = [...zoho.state.crm.contacts.keys()][0] ?? '';
  const dealId = [...zoho.state.crm.deals.keys()][0] ?? '';
  const person = { phone: '+971509998877', name: 'Noura', leadSource: 'chatbot' } as const;
  const fresh = { key: 'wz:c:1#1', name: 'Chairs', contactId: id, stage: 'new', amount: '10.50' } as const;
  return named('zoho-crm', {
    findContact: ask((it) => it.findContactByPhone('+971500000101')),
    contacts: ask((it) => it.contactsByPhone('+971500000101')),
    createContact: ask((it) => it.createContact(person)),
    updateContact: ask((it) => it.updateContact(id, { name: 'Layla', company: 'Fit-Out' })),
    contactDeals: ask((it) => it.contactDeals(id)),
    deal: ask((it) => it.deal(dealId)),
    deals: ask((it) => it.deals(1)),
    createDeal: ask((it) => it.createDeal({ ...fresh, closingDate: '2026-03-01', leadSource: 'chatbot' })),
    updateDeal: ask((it) => it.updateDeal(dealId, { amount: '20.00', stage: 'negotiations' })),
    addNote: ask((it) =>
      it.addNote({ module: 'Contacts', id }, { key: 'n1', title: 'Summary', content: 'x' }),
    ),
  });
};

const inventoryCalls = (zoho: ZohoDouble, token: ZohoTokenShape): readonly VendorCall[] => {
  type Service = ReturnType<typeof makeZohoInventory>;
  const config = { baseUrl: zoho.inventoryUrl, organizationId: '20071100001', lookDelaysMs: [0, 0], clock };
  const ask = (use: (inventory: Service) => Effect.Effect<unknown, unknown>) => () =>
    Effect.suspend(() => use(makeZohoInventory(config, token)));
  const { sales, items } = zoho.state.inventory;
  const customerId = sales.addContact({ name: 'Noura', persons: [{ phone: '+971501234567' }] }).id;
  const itemId = items.get('CH-616-NEW')?.itemId ?? '';
  const order = {
    number: orderNumber('wz:c:1:1:createQuote'),
    reference: 'conversation-1',
    customerId,
    lines: [{ itemId, quantity: 3, rate: '386.10', description: 'Office chair' }],
    notes: 'n',
    terms: 't',
    taxId: SANDBOX_TAX_ID,
  };
  const person = { name: 'Huda', phone: '+971507654321', email: 'huda@shop.test' };
  return named('zoho-inventory', {
    listItems: ask((it) => it.listItems({ page: 1 })),
    itemBySku: ask((it) => it.itemBySku('CH-616-NEW')),
    itemImage: ask((it) => it.itemImage(itemId)),
    findCustomer: ask((it) => it.findCustomer('+971501234567')),
    createCustomer: ask((it) => it.createCustomer(person)),
    ensureCustomer: ask((it) => it.ensureCustomer(person)),
    activateCustomer: ask((it) => it.activateCustomer(customerId)),
    createSaleOrder: ask((it) => it.createSaleOrder(order)),
    ensureSaleOrder: ask((it) => it.ensureSaleOrder({ ...order, notes: 'changed' })),
    saleOrder: ask((it) => it.saleOrder({ number: order.number })),
    saleOrders: ask((it) => it.saleOrders({ page: 1, customerId })),
    confirmSaleOrder: ask((it) =>
      Effect.flatMap(it.saleOrder({ number: order.number }), (found) =>
        it.confirmSaleOrder(found?.id ?? '1'),
      ),
    ),
    voidSaleOrder: ask((it) =>
      Effect.flatMap(it.saleOrder({ number: order.number }), (found) => it.voidSaleOrder(found?.id ?? '1')),
    ),
  });
};

/** Starts every double, and makes them know what the calls are about. */
export const startVendors = async (): Promise<Vendors> => {
  const channelId = 'c0ffee00-0000-4000-8000-000000000001';
  const wazzup = await startWazzupDouble({ channelId, behaviour: { statuses: 'none' } });
  const telegram = await startTelegramDouble();
  const openrouter = await startOpenRouterDouble({ chunkMs: 0 });
  const whisper = await startWhisperDouble();
  const jina = await startJinaDouble();
  const qdrant = await startQdrantDouble();
  const zoho = await startZohoDouble();
  const [crm, inventory] = [tokenOf(zoho, 'crm'), tokenOf(zoho, 'inventory')];
  const crmToken = await Effect.runPromise(crm.get);
  const inventoryToken = await Effect.runPromise(inventory.get);
  return {
    calls: [
      ...wazzupCalls(wazzup.url, channelId),
      ...telegramCalls(telegram.url),
      ...openRouterCalls(openrouter.url),
      ...whisperCalls(whisper.url),
      ...jinaCalls(jina.url),
      ...qdrantCalls(qdrant.url),
      ...oauthCalls(zoho),
      ...crmCalls(zoho, held(crm, crmToken)),
      ...inventoryCalls(zoho, held(inventory, inventoryToken)),
    ],
    close: async () => {
      const all = [wazzup, telegram, openrouter, whisper, jina, qdrant, zoho];
      await Promise.all(all.map((double) => double.close()));
    },
  };
};

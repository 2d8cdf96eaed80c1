/** Plays one turn of the rule-based salesperson against tools whose results are made up here. */
import { expect } from 'vitest';
import type { ChatMessage } from '../chat.ts';
import { respond } from './salesperson.ts';

export const ALL_TOOLS = [
  'search_products',
  'check_stock',
  'search_knowledge',
  'set_selection',
  'update_customer',
  'hand_over',
];

const CATALOG = [
  {
    sku: 'CH-616',
    name: 'Ergo Mesh Chair',
    nameAr: 'كرسي شبكي مريح',
    price: '450.00',
    currency: 'AED',
    stock: 12,
    category: 'chair',
  },
  {
    sku: 'CH-700',
    name: 'Executive Chair',
    nameAr: 'كرسي تنفيذي',
    price: '1290.00',
    currency: 'AED',
    stock: 3,
    category: 'chair',
  },
  {
    sku: 'CH-210',
    name: 'Visitor Chair',
    nameAr: 'كرسي زوار',
    price: '220.00',
    currency: 'AED',
    stock: 40,
    category: 'chair',
  },
  {
    sku: 'DK-1400',
    name: 'Straight Desk',
    nameAr: 'مكتب مستقيم',
    price: '900.00',
    currency: 'AED',
    stock: 0,
    category: 'desk',
  },
];

export interface Played {
  readonly text: string;
  readonly calls: readonly { readonly name: string; readonly args: Record<string, unknown> }[];
}
export type Tool = (args: Record<string, unknown>) => object;
export type Tools = Readonly<Record<string, Tool>>;

const find = (sku: unknown) =>
  CATALOG.find((item) => item.sku.replaceAll('-', '') === String(sku).toUpperCase().replaceAll(/[\s-]/g, ''));

const TOOLS: Tools = {
  search_products: ({ query, max_price }) => {
    const words = String(query);
    const category = /chair|كرسي|كراسي/i.test(words)
      ? 'chair'
      : /desk|مكتب|مكاتب/i.test(words)
        ? 'desk'
        : 'none';
    const products = CATALOG.filter(
      (item) => item.category === category && Number(item.price) <= Number(max_price ?? 1e9),
    );
    return { ok: true, products };
  },
  check_stock: ({ sku }) => {
    const item = find(sku);
    return item
      ? { ok: true, ...item, at: '2026-01-15T10:00:00Z' }
      : { ok: false, reason: `No such item: ${sku}` };
  },
  search_knowledge: ({ query }) => {
    const text = String(query);
    if (/deliver|توصيل/i.test(text)) {
      return {
        ok: true,
        articles: [
          { title: 'Delivery', body: 'Stock items are delivered in the UAE within 2 to 8 working days.' },
          { title: 'التوصيل', body: 'يتم توصيل المنتجات المتوفرة داخل الإمارات خلال 2 إلى 8 أيام عمل.' },
        ],
      };
    }
    if (/showroom|معرض|located|where/i.test(text)) {
      return {
        ok: true,
        articles: [{ title: 'Showroom', body: 'Our showroom is in Dubai, next to the warehouse.' }],
      };
    }
    return { ok: true, articles: [] };
  },
  set_selection: ({ items }) => {
    const wanted = items as { sku: string; quantity: number }[];
    const unknown = wanted.filter(({ sku }) => !find(sku)).map(({ sku }) => sku);
    if (unknown.length > 0) return { ok: false, reason: 'Some items are not in the catalog.', unknown };
    const lines = wanted.map(({ sku, quantity }) => {
      const item = find(sku);
      return {
        sku: item?.sku,
        name: item?.name,
        quantity,
        unitPrice: item?.price,
        lineTotal: (Number(item?.price) * quantity).toFixed(2),
      };
    });
    const subtotal = lines.reduce((sum, line) => sum + Number(line.lineTotal), 0).toFixed(2);
    return { ok: true, lines, subtotal, currency: 'AED' };
  },
  update_customer: (args) => ({ ok: true, known: args }),
  hand_over: () => ({ ok: true }),
};

export interface Setting {
  readonly language?: 'en' | 'ar';
  readonly first?: boolean;
  readonly ask?: 'name' | 'company' | null;
  readonly selection?: string;
  readonly known?: string;
  readonly offered?: readonly string[];
  readonly tools?: Tools;
  readonly repair?: string;
}

/** The prompt in the form the product builds it. */
const prompt = (setting: Setting): string =>
  [
    `Answer in ${setting.language === 'ar' ? 'Arabic' : 'English'} only.`,
    setting.first === false
      ? 'You have already introduced yourself; do not greet or introduce yourself again.'
      : "This is your first reply: greet, give your name and the company's name in one short sentence, then answer what was asked.",
    setting.ask === 'name'
      ? 'Ask at most one question. After your answer you may ask how to address the customer; never make it a condition.'
      : setting.ask === 'company'
        ? 'Ask at most two questions. You may ask which company the furniture is for.'
        : "Ask at most two questions. Do not ask for the customer's name or for anything listed as known.",
    setting.known ? `Known about the customer:\n- ${setting.known}` : '',
    setting.selection ? `The customer’s selection so far:\n- ${setting.selection}` : '',
  ]
    .filter(Boolean)
    .join('\n');

/** Plays one turn to its reply: at most four model calls, as the product allows. */
export const play = (history: readonly string[], setting: Setting = {}): Played => {
  const messages: ChatMessage[] = [
    {
      role: 'system',
      content:
        'You are Noor, the sales assistant of Treejar, an office furniture company in the United Arab Emirates.',
    },
    { role: 'system', content: prompt(setting) },
    ...history.map(
      (content, index): ChatMessage => ({
        role: (history.length - index) % 2 === 1 ? 'user' : 'assistant',
        content,
      }),
    ),
  ];
  const tools = { ...TOOLS, ...setting.tools };
  const calls: { name: string; args: Record<string, unknown> }[] = [];
  for (let step = 0; step < 4; step++) {
    const offered = step === 3 ? [] : (setting.offered ?? ALL_TOOLS);
    const move = respond({ messages, tools: offered });
    if (move.kind === 'say') {
      if (!setting.repair) return { text: move.text, calls };
      messages.push(
        { role: 'assistant', content: move.text },
        { role: 'system', content: `[repair] ${setting.repair}` },
      );
      const again = respond({ messages, tools: [] });
      if (again.kind !== 'say') throw new Error('a repair must be a text');
      return { text: again.text, calls };
    }
    const named = move.calls.map((call, index) => ({ ...call, id: `call_${step}_${index}` }));
    messages.push({
      role: 'assistant',
      content: null,
      tool_calls: named.map(({ id, name, args }) => ({
        id,
        type: 'function',
        function: { name, arguments: JSON.stringify(args) },
      })),
    });
    for (const { id, name, args } of named) {
      calls.push({ name, args });
      expect(offered).toContain(name);
      messages.push({
        role: 'tool',
        tool_call_id: id,
        content: JSON.stringify(tools[name]?.(args) ?? { ok: false, reason: 'no' }),
      });
    }
  }
  throw new Error('no reply within four model calls');
};

export const names = (played: Played) => played.calls.map((call) => call.name);
export const questions = (text: string) => text.match(/[?؟]/g)?.length ?? 0;
export const argsOf = (played: Played, name: string) => played.calls.find((call) => call.name === name)?.args;
export const LISTED =
  'Here is what we have for you:\n- Ergo Mesh Chair (CH-616): 450.00 AED, 12 in stock\n- Executive Chair (CH-700): 1290.00 AED, limited stock: 3 left\n\nHow many pieces do you need?';
export const ONE = '- Ergo Mesh Chair (CH-616): 450.00 AED, 12 in stock\n\nHow many pieces do you need?';
export const ONE_AR = '- كرسي شبكي مريح (CH-616): 450.00 درهم، متوفر 12\n\nكم قطعة تحتاج؟';
export const later: Setting = { first: false };
export const laterAr: Setting = { first: false, language: 'ar' };

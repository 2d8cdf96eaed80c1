/** Dialogues with the rule-based salesperson, in English and Arabic, with tools whose results are made up here. */
import { describe, expect, test } from 'vitest';
import type { ChatMessage } from '../chat.ts';
import { respond } from './salesperson.ts';
import { hasArabic } from './text.ts';

const ALL_TOOLS = [
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

interface Played {
  readonly text: string;
  readonly calls: readonly { readonly name: string; readonly args: Record<string, unknown> }[];
}
type Tool = (args: Record<string, unknown>) => object;
type Tools = Readonly<Record<string, Tool>>;

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

interface Setting {
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
const play = (history: readonly string[], setting: Setting = {}): Played => {
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

const names = (played: Played) => played.calls.map((call) => call.name);
const questions = (text: string) => text.match(/[?؟]/g)?.length ?? 0;
const argsOf = (played: Played, name: string) => played.calls.find((call) => call.name === name)?.args;
const LISTED =
  'Here is what we have for you:\n- Ergo Mesh Chair (CH-616): 450.00 AED, 12 in stock\n- Executive Chair (CH-700): 1290.00 AED, limited stock: 3 left\n\nHow many pieces do you need?';
const ONE = '- Ergo Mesh Chair (CH-616): 450.00 AED, 12 in stock\n\nHow many pieces do you need?';
const ONE_AR = '- كرسي شبكي مريح (CH-616): 450.00 درهم، متوفر 12\n\nكم قطعة تحتاج؟';
const later: Setting = { first: false };
const laterAr: Setting = { first: false, language: 'ar' };

describe('the first reply', () => {
  test('to a greeting names the assistant and the company and asks one question (domain 5.1)', () => {
    const played = play(['Hi'], { ask: 'name' });
    expect(played.calls).toEqual([]);
    expect(played.text).toMatch(/Noor from Treejar/);
    expect(questions(played.text)).toBe(1);
  });

  test('to an Arabic greeting is Arabic', () => {
    const played = play(['السلام عليكم'], { language: 'ar', ask: 'name' });
    expect(played.text).toMatch(/نور من Treejar/);
    expect(questions(played.text)).toBe(1);
  });

  test('answers the request and asks the name beside it, never instead (domain 3.5, lesson F-01)', () => {
    const played = play(['Hello, do you have chairs?'], { ask: 'name' });
    expect(names(played)).toEqual(['search_products']);
    expect(played.text).toMatch(/Noor from Treejar[\s\S]*CH-616[\s\S]*How may I address you\?$/);
    expect(questions(played.text)).toBe(1);
  });

  test('does not ask a customer who signed for a name (domain 3.6)', () => {
    const played = play(['Hi, my name is Alex, I need chairs'], { ask: 'name' });
    expect(names(played)).toEqual(['update_customer', 'search_products']);
    expect(argsOf(played, 'update_customer')).toEqual({ name: 'Alex' });
    expect(played.text).toContain('Alex');
    expect(played.text).not.toContain('How may I address you');
  });

  test('without any state guidance still introduces itself once', () => {
    const messages: ChatMessage[] = [
      { role: 'system', content: 'Sell.' },
      { role: 'user', content: 'Hello' },
    ];
    expect(respond({ messages, tools: [] })).toMatchObject({
      text: expect.stringMatching(/Noor from Treejar/),
    });
    const longer: ChatMessage[] = [
      ...messages,
      { role: 'assistant', content: 'Hello' },
      { role: 'user', content: 'Hi' },
    ];
    expect(respond({ messages: longer, tools: [] })).toMatchObject({
      text: expect.not.stringContaining('Noor from'),
    });
  });
});

describe('a product request', () => {
  test('keeps to the budget and copies figures from the result (domain 5.21, 9.6)', () => {
    const played = play(['Do you have chairs under 500 AED?'], later);
    expect(argsOf(played, 'search_products')).toMatchObject({ max_price: 500 });
    expect(played.text).toContain('- Ergo Mesh Chair (CH-616): 450.00 AED, 12 in stock');
    expect(played.text).toContain('(CH-210): 220.00 AED');
    expect(played.text).not.toContain('CH-700');
  });

  test('in Arabic, with Arabic digits, keeps to the budget too', () => {
    const played = play(['أريد كراسي أقل من ٥٠٠ درهم'], laterAr);
    expect(argsOf(played, 'search_products')).toMatchObject({ max_price: 500 });
    expect(played.text).toContain('كرسي شبكي مريح (CH-616): 450.00 درهم، متوفر 12');
    expect(played.text).not.toContain('in stock');
  });

  test('with nothing in the budget shows what comes closest and says so', () => {
    const played = play(['I need chairs under 100 AED'], later);
    expect(names(played)).toEqual(['search_products', 'search_products']);
    expect(played.text).toContain('nothing within your budget');
    expect(played.text).toContain('CH-616');
  });

  test('judges the stock by the quantity: enough or not (domain 12.8)', () => {
    const played = play(['I need 10 office chairs'], later);
    expect(argsOf(played, 'search_products')?.max_price).toBeUndefined();
    expect(played.text).toContain('12 in stock, enough for the 10 you need');
    expect(played.text).toContain('only 3 of the 10 you need are in stock');
  });

  test('in Arabic with a quantity', () => {
    const played = play(['محتاج 20 كرسي مكتب'], laterAr);
    expect(played.text).toContain('المتوفر 12 فقط من أصل 20 مطلوبة');
  });

  test('that finds nothing says so', () => {
    const played = play(['Do you sell sofas?'], later);
    expect(played.text).toContain('found nothing like that');
  });

  test('of a shop without prices shows no zero (domain 9.7, lesson F-15)', () => {
    const search_products: Tool = () => ({
      ok: true,
      products: [{ sku: 'CH-1', name: 'Chair', price: null, currency: 'AED', stock: 2 }],
    });
    const played = play(['chairs please'], { ...later, tools: { search_products } });
    expect(played.text).toContain('price not listed');
    expect(played.text).not.toMatch(/0\.00/);
  });

  test('that the catalog cannot answer is told honestly', () => {
    const search_products: Tool = () => ({ ok: false, reason: 'Inventory is down' });
    const played = play(['Do you have desks?'], { ...later, tools: { search_products } });
    expect(played.text).toContain('could not check the catalog');
  });

  test('the number of people is no quantity (domain 12.12)', () => {
    const played = play(['We need desks for 8 employees within 2 weeks'], later);
    expect(played.text).not.toMatch(/\b(8|2) you need/);
  });

  test('“too expensive” is answered with cheaper items, not with praise (domain 5.19)', () => {
    const played = play(['I need chairs', LISTED, 'That is too expensive'], later);
    expect(argsOf(played, 'search_products')).toMatchObject({ max_price: 449 });
    expect(played.text).toContain('(CH-210): 220.00 AED');
    expect(played.text).not.toMatch(/quality/i);
  });

  test('“too expensive” about nothing in particular asks for the budget', () => {
    const played = play(['Everything is too expensive'], later);
    expect(played.calls).toEqual([]);
    expect(played.text).toBe('What budget per piece should I keep to?');
  });

  test('“too expensive” in Arabic', () => {
    const played = play(['أريد كراسي', ONE_AR, 'غالي جدا'], laterAr);
    expect(argsOf(played, 'search_products')).toMatchObject({ max_price: 449 });
    expect(played.text).toContain('CH-210');
  });
});

describe('one item', () => {
  test.each(['What is the price of CH-616?', 'ch616 in stock?', 'CH 616', 'How much is ch-616'])(
    '“%s” is read live (domain 12.7)',
    (said) => {
      const played = play([said], later);
      expect(names(played)).toEqual(['check_stock']);
      expect(played.text).toContain('Ergo Mesh Chair (CH-616): 450.00 AED, 12 in stock');
    },
  );

  test('in Arabic', () => {
    const played = play(['بكم CH-616 وهل هو متوفر؟'], laterAr);
    expect(names(played)).toEqual(['check_stock']);
    expect(played.text).toContain('450.00 درهم');
  });

  test('few left, none left, fewer than wanted (domain 12.8)', () => {
    expect(play(['price of CH-700'], later).text).toContain('limited stock: 3 left');
    expect(play(['price of DK-1400'], later).text).toContain('out of stock');
    expect(play(['Do you have 20 CH-616?'], later).text).toContain('only 12 of the 20 you need');
  });

  test('that does not exist is said not to be found; a vendor that is down is not taken for that', () => {
    expect(play(['price of CH-999'], later).text).toContain('could not find in our catalog: CH-999');
    const check_stock: Tool = () => ({ ok: false, reason: 'Inventory timed out' });
    expect(play(['price of CH-616'], { ...later, tools: { check_stock } }).text).toContain(
      'could not check CH-616',
    );
  });

  test('with variants is asked about (lesson F-12)', () => {
    const ambiguous = [
      { sku: 'CH-616-BLK', name: 'Ergo Mesh Chair black' },
      { sku: 'CH-616-GRY', name: 'Ergo Mesh Chair grey' },
    ];
    const check_stock: Tool = () => ({ ok: false, reason: 'ambiguous', ambiguous });
    const played = play(['CH-616 price?'], { ...later, tools: { check_stock } });
    expect(played.text).toMatch(/CH-616-BLK[\s\S]*CH-616-GRY[\s\S]*Which one do you mean\?/);
  });

  test('“is it in stock?” means the item just shown', () => {
    expect(argsOf(play(['chairs?', ONE, 'Is it in stock?'], later), 'check_stock')).toEqual({
      sku: 'CH-616',
    });
  });

  test('an e-mail address and a phone number are no items (lesson F-14)', () => {
    const played = play(['my email is ab123@example.test and phone +971 50 123 4567'], later);
    expect(names(played)).toEqual(['update_customer']);
    expect(argsOf(played, 'update_customer')).toEqual({ email: 'ab123@example.test' });
  });
});

describe('a selection', () => {
  test('is set and read back with the tool’s own totals (domain 5.14)', () => {
    const played = play(["I'll take 4 of CH-616"], later);
    expect(argsOf(played, 'set_selection')).toEqual({ items: [{ sku: 'CH-616', quantity: 4 }] });
    expect(played.text).toContain('- Ergo Mesh Chair (CH-616): 4 × 450.00 AED = 1800.00 AED');
    expect(played.text).toContain('Total before VAT: 1800.00 AED');
  });

  test('of several lines in any order of words', () => {
    const played = play(['CH-616 x 4\n2 pcs DK-1400, CH-210: 6'], later);
    expect(argsOf(played, 'set_selection')).toEqual({
      items: [
        { sku: 'CH-616', quantity: 4 },
        { sku: 'DK-1400', quantity: 2 },
        { sku: 'CH-210', quantity: 6 },
      ],
    });
  });

  test('in Arabic', () => {
    const played = play(['أريد ٤ قطع من CH-616'], laterAr);
    expect(argsOf(played, 'set_selection')).toEqual({ items: [{ sku: 'CH-616', quantity: 4 }] });
    expect(played.text).toContain('المجموع قبل الضريبة: 1800.00 درهم');
  });

  test.each(['6', 'six pieces please', '6 chairs'])('the bare answer “%s” means the item in view', (said) => {
    const played = play(['chairs?', ONE, said], later);
    expect(argsOf(played, 'set_selection')).toEqual({ items: [{ sku: 'CH-616', quantity: 6 }] });
  });

  test('a bare Arabic quantity means the item in view', () => {
    expect(argsOf(play(['كراسي', ONE_AR, '٦'], laterAr), 'set_selection')).toEqual({
      items: [{ sku: 'CH-616', quantity: 6 }],
    });
  });

  test('a bare quantity after an interruption still means that item (lesson F-02)', () => {
    const history = [
      'chairs?',
      ONE,
      'Do you deliver?',
      'Stock items are delivered within 2 to 8 working days.',
      '6',
    ];
    expect(argsOf(play(history, later), 'set_selection')).toEqual({
      items: [{ sku: 'CH-616', quantity: 6 }],
    });
  });

  test('a quantity with several items in view asks which one', () => {
    const played = play(['chairs?', LISTED, "I'll take 4"], later);
    expect(played.calls).toEqual([]);
    expect(played.text).toMatch(/CH-616[\s\S]*CH-700[\s\S]*Which one do you mean\?/);
  });

  test('a place in the list is understood', () => {
    expect(argsOf(play(['chairs?', LISTED, 'take 4 of the second one'], later), 'set_selection')).toEqual({
      items: [{ sku: 'CH-700', quantity: 4 }],
    });
  });

  test('another family is not taken for the item in view (lesson F-12)', () => {
    const played = play(['chairs?', ONE, 'I want to order 5 desks'], later);
    expect(names(played)).toEqual(['search_products']);
  });

  const selection = '4 x Ergo Mesh Chair (CH-616) at 450.00 AED = 1800.00';

  test('another family is told apart in Arabic too: an office chair is no desk', () => {
    const shown = ONE_AR.replace('كرسي شبكي مريح', 'كرسي مكتب شبكي');
    expect(names(play(['كراسي', shown, 'أريد أن أطلب 5 مكاتب'], laterAr))).toEqual(['search_products']);
  });

  test.each(['AX-LAMP', 'WS-4-WHT', 'ws-4', '9719-4', 'СН-205', 'MT-R120-WHT'])(
    'takes the article number %s',
    (sku) => {
      expect(argsOf(play([`I'll take 3 of ${sku}`], later), 'set_selection')).toEqual({
        items: [{ sku, quantity: 3 }],
      });
      expect(
        argsOf(play(['lamps?', `- Some item (${sku}): 99.00 AED, 7 in stock`, '3'], later), 'set_selection'),
      ).toEqual({
        items: [{ sku, quantity: 3 }],
      });
    },
  );

  test('grows by another item, and a correction changes only its line (domain 3.9, lesson F-09)', () => {
    expect(argsOf(play(['chairs?', ONE, 'add 2 DK-1400'], { ...later, selection }), 'set_selection')).toEqual(
      {
        items: [
          { sku: 'CH-616', quantity: 4 },
          { sku: 'DK-1400', quantity: 2 },
        ],
      },
    );
    expect(argsOf(play(['chairs?', ONE, 'make it 6'], { ...later, selection }), 'set_selection')).toEqual({
      items: [{ sku: 'CH-616', quantity: 6 }],
    });
    expect(
      argsOf(play(['chairs?', ONE, '3 CH-210 instead'], { ...later, selection }), 'set_selection'),
    ).toEqual({
      items: [{ sku: 'CH-210', quantity: 3 }],
    });
  });

  test('with an unknown item is refused honestly', () => {
    const played = play(["I'll take 4 of CH-999"], later);
    expect(played.text).toContain('could not find in our catalog: CH-999');
    expect(played.text).not.toContain('Total');
  });

  test('without a quantity is asked for one', () => {
    const played = play(["I'll take CH-616"], later);
    expect(names(played)).toEqual(['check_stock']);
    expect(played.text).toContain('How many pieces do you need?');
  });

  test('is followed by the company question when that may be asked', () => {
    expect(play(["I'll take 4 of CH-616"], { ...later, ask: 'company' }).text).toContain(
      'Which company is the furniture for?',
    );
  });

  test('is read back afresh when a quotation is wanted (domain 9.4)', () => {
    const played = play(['chairs?', ONE, 'Please send me a quotation'], { ...later, selection });
    expect(names(played)).toEqual(['set_selection']);
    expect(played.text).toContain('1800.00 AED');
    expect(play(['send me a quotation'], later).text).toContain('Which items');
  });
});

describe('questions about the company', () => {
  test('are answered from the articles, in the customer’s language (domain 14.4)', () => {
    const played = play(['How long does delivery take?'], later);
    expect(names(played)).toEqual(['search_knowledge']);
    expect(played.text).toContain('within 2 to 8 working days');
    const arabic = play(['هل عندكم توصيل إلى الشارقة؟'], laterAr);
    expect(arabic.text).toContain('2 إلى 8 أيام عمل');
  });

  test('that name furniture in passing start no search', () => {
    expect(names(play(['Do you deliver the chairs to Sharjah?'], later))).toEqual(['search_knowledge']);
  });

  test('beside a product request get both answers', () => {
    const played = play(['I need 5 chairs. Do you deliver to Sharjah?'], later);
    expect(names(played)).toEqual(['search_products', 'search_knowledge']);
    expect(played.text).toMatch(/working days[\s\S]*CH-616/);
  });

  test('without an article are passed on, not guessed (trigger 6)', () => {
    const played = play(['What are your payment terms?'], later);
    expect(names(played)).toEqual(['search_knowledge', 'hand_over']);
    expect(argsOf(played, 'hand_over')).toMatchObject({ reason: 6 });
    expect(played.text).toContain('passed the question to a colleague');
  });

  test('without an article and without a hand-over promise nothing (lesson F-24)', () => {
    const played = play(['What are your payment terms?'], { ...later, offered: ['search_knowledge'] });
    expect(played.text).toContain('no confirmed information');
    expect(played.text).not.toContain('colleague');
  });
});

describe('what customers say about themselves', () => {
  test.each([
    ['My name is alex', { name: 'Alex' }],
    ["I'm Sara Khan from Blue Tower LLC", { name: 'Sara Khan', company: 'Blue Tower LLC' }],
    ['Our company is Blue Tower', { company: 'Blue Tower' }],
    [
      'Name: Sara\nCompany: Blue Tower\nEmail: sara@example.test\nAddress: Office 5, Marina Plaza',
      { name: 'Sara', company: 'Blue Tower', email: 'sara@example.test', address: 'Office 5, Marina Plaza' },
    ],
    ['اسمي أحمد', { name: 'أحمد' }],
    ['شركتنا هي النور', { company: 'النور' }],
  ])('%j is kept', (said, facts) => {
    const played = play([said], later);
    expect(argsOf(played, 'update_customer')).toEqual(facts);
  });

  test.each(['I am looking for chairs', "I'm interested in desks", 'I am in Dubai', 'this is too expensive'])(
    '%j is no name',
    (said) => {
      expect(argsOf(play([said], later), 'update_customer')).toBeUndefined();
    },
  );

  test('a bare name answers the question for it, and the talk goes on (lesson F-01)', () => {
    const played = play(['Hello', 'Hello, I am Noor. How may I address you?', 'Omar'], later);
    expect(argsOf(played, 'update_customer')).toEqual({ name: 'Omar' });
    expect(played.text).toContain('Nice to meet you, Omar.');
    expect(questions(played.text)).toBe(1);
    expect(names(played)).not.toContain('hand_over');
  });

  test('a bare product is not taken for a name', () => {
    const played = play(['Hello', 'Hello, I am Noor. How may I address you?', 'office chairs'], later);
    expect(names(played)).toEqual(['search_products']);
  });

  test('a neutral fact in mid-dialogue raises no hand-over (lesson F-08)', () => {
    expect(names(play(['chairs?', LISTED, 'The company is Blue Tower'], later))).toEqual(['update_customer']);
  });
});

describe('a human is asked for by the number of the trigger (domain 8.1)', () => {
  test.each([
    ['I want to speak to a human', 1],
    ['أريد التحدث مع موظف', 1],
    ['This is unacceptable, I want to complain', 3],
    ['عندي شكوى، الخدمة غير مقبولة', 3],
    ['Can you give me a discount?', 5],
    ['ممكن خصم؟', 5],
    ['I want to return my chair, it arrived broken', 7],
    ['Can I talk to Ahmed?', 8],
    ['Do you have samples of the fabric?', 15],
    ['Please call me', 17],
    ['call me please', 17],
    ['اتصل بي لو سمحت', 17],
    ['I want an Arabic speaking manager', 18],
  ])('“%s” → %i', (said, reason) => {
    const played = play([said], hasArabic(said) ? laterAr : later);
    expect(argsOf(played, 'hand_over')).toMatchObject({
      reason,
      summary: expect.stringContaining('Their words'),
    });
    expect(played.text).toMatch(/colleague|الزملاء/);
  });

  test.each([
    ['We are furnishing our new office, need chairs', 12],
    ['Can I visit your showroom?', 9],
  ])('“%s” → %i, and the sale goes on (domain 8.2)', (said, reason) => {
    const played = play([said], later);
    expect(argsOf(played, 'hand_over')).toMatchObject({ reason });
    expect(names(played).length).toBe(2);
    expect(played.text).toMatch(/CH-616|Dubai/);
  });

  test.each([
    'Do you have wholesale prices?',
    'I need wardrobes',
    'What is your return policy?',
    'call me Ali',
  ])('“%s” is no reason by itself (lesson F-26)', (said) => {
    expect(argsOf(play([said], later), 'hand_over')?.reason ?? 6).toBe(6);
  });

  test('a refused hand-over is not claimed (lesson F-24)', () => {
    const played = play(['I want to speak to a human'], {
      ...later,
      tools: { hand_over: () => ({ ok: false, reason: 'not now' }) },
    });
    expect(played.text).toContain('could not bring a colleague in');
  });

  test('a hand-over that is not offered is not claimed either', () => {
    const played = play(['I want to speak to a human'], { ...later, offered: ['search_products'] });
    expect(played.calls).toEqual([]);
    expect(played.text).toContain('could not bring a colleague in');
  });
});

describe('small talk', () => {
  test('thanks and goodbye are returned without a question', () => {
    expect(play(['Thank you!'], later).text).toContain('You are welcome');
    expect(play(['شكرا جزيلا'], laterAr).text).toContain('على الرحب والسعة');
    expect(play(['Bye'], later).text).toContain('Have a good day');
    expect(play(['مع السلامة'], laterAr).text).toContain('يومًا سعيدًا');
    expect(questions(play(['Thank you!'], later).text)).toBe(0);
  });

  test('“are you a bot?” is answered truly', () => {
    expect(play(['Are you a bot?'], later).text).toContain('virtual assistant');
  });

  test('the unintelligible is asked about once, then handed over (trigger 2)', () => {
    const once = play(['asdf qwer'], later);
    expect(once.calls).toEqual([]);
    expect(once.text).toContain('tell me a little more');
    const twice = play(['asdf qwer', once.text, 'zxcv'], later);
    expect(argsOf(twice, 'hand_over')).toMatchObject({ reason: 2 });
    const arabic = play(['بلابلا', play(['بلابلا'], laterAr).text, 'هاها'], laterAr);
    expect(argsOf(arabic, 'hand_over')).toMatchObject({ reason: 2 });
  });
});

describe('the rules of every reply', () => {
  const english = [
    'Hi',
    'chairs under 500',
    'price of CH-616',
    "I'll take 4 of CH-616",
    'delivery?',
    'thanks',
    'asdf',
    'call me please',
    'My name is Omar',
  ];
  const arabic = [
    'مرحبا',
    'كراسي أقل من 500',
    'سعر CH-616',
    'أريد 4 من CH-616',
    'توصيل؟',
    'شكرا',
    'بلابلا',
    'اتصل بي',
    'اسمي عمر',
  ];

  test.each(english)(
    '“%s”: English without Arabic script, at most one question first (domain 3.7, 16.3)',
    (said) => {
      const { text } = play([said], { ask: 'name' });
      expect(hasArabic(text)).toBe(false);
      expect(questions(text)).toBeLessThanOrEqual(1);
      expect(text.trim()).not.toBe('');
    },
  );

  test.each(arabic)('“%s”: Arabic, at most one question first', (said) => {
    const { text } = play([said], { language: 'ar', ask: 'name' });
    expect(hasArabic(text)).toBe(true);
    expect(text).not.toMatch(/\b(in stock|Hello|Total|How many)\b/);
    expect(questions(text)).toBeLessThanOrEqual(1);
  });

  test.each([...english, ...arabic])(
    '“%s”: without tools no figure is said that the customer did not say',
    (said) => {
      const { text } = play([said], { offered: [], language: hasArabic(said) ? 'ar' : 'en' });
      for (const figure of text.match(/\d+/g) ?? []) expect(said).toContain(figure);
    },
  );

  test.each([...english, ...arabic])('“%s”: only offered tools are called', (said) => {
    for (const tool of ALL_TOOLS) play([said], { offered: [tool] });
  });
});

describe('a repair', () => {
  test('drops the line with the refused figure and keeps the rest', () => {
    const played = play(['chairs please'], {
      ...later,
      repair: 'The amount 450.00 AED is not supported by any tool result.',
    });
    expect(played.text).not.toContain('450.00');
    expect(played.text).toContain('CH-210');
  });

  test('that leaves nothing asks instead of claiming (lesson F-20)', () => {
    const played = play(['price of CH-616'], {
      ...later,
      repair: 'CH-616 is not in the evidence; "How many pieces do you need?" was asked already.',
    });
    expect(played.text).not.toContain('CH-616');
    expect(played.text).toContain('What are you looking for');
  });

  test('in Arabic stays Arabic', () => {
    const played = play(['سعر CH-616'], { ...laterAr, repair: 'CH-616 is not supported.' });
    expect(hasArabic(played.text)).toBe(true);
    expect(played.text).not.toContain('CH-616');
  });
});

describe('a hostile text', () => {
  test.each(['6 ', '1(', 'a ', '  ', 'name: ', '"', '٦ ', 'chairs ', '- (1', 'CH-'])(
    'of “%s” repeated is answered quickly',
    (piece) => {
      const started = performance.now();
      play([piece.repeat(8000 / piece.length)], later);
      expect(performance.now() - started).toBeLessThan(2000);
    },
  );
});

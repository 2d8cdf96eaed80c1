/** What the sandbox's salesperson says passes the check of the real machine at its first try: the two agree on what is true. */
import { describe, expect, it } from 'vitest';
import { respond } from '../../adapters/openrouter/salesperson/salesperson.ts';
import type { ToolResult, UseToolsInput } from '../../machines/conversation/actors.ts';
import type { OrderLine, ParsedCall } from '../../machines/conversation/context.ts';
import { ARTICLES_AR, ARTICLES_EN, PRODUCTS } from '../../machines/conversation/grounding/cases/world.ts';
import { Driver, TIMING } from '../../machines/conversation/testing/driver.ts';
import { fold } from '../../machines/language/fold.ts';
import { money, multiply } from '../../machines/money/money.ts';
import { resolveSku } from '../../machines/sku/sku.ts';

const SKUS = PRODUCTS.map(({ sku }) => sku);
const ARTICLES = [...ARTICLES_EN, ...ARTICLES_AR];
/** Shared words of at least four letters. */
const overlap = (query: string, text: string): number => {
  const own = fold(text);
  return (fold(query).match(/\p{L}{4,}/gu) ?? []).filter((word) => own.includes(word.replace(/s$/, '')))
    .length;
};
const best = <T>(all: readonly T[], query: string, textOf: (one: T) => string, count: number): readonly T[] =>
  [...all]
    .sort((a, b) => overlap(query, textOf(b)) - overlap(query, textOf(a)))
    .filter((one) => overlap(query, textOf(one)) > 0)
    .slice(0, count);

const bySku = (written: unknown) => {
  const found = resolveSku(String(written), SKUS);
  return 'sku' in found ? PRODUCTS.find(({ sku }) => sku === found.sku) : undefined;
};

const selection = (items: readonly { readonly sku: string; readonly quantity: number }[]): ToolResult => {
  const products = items.flatMap(({ sku }) => bySku(sku) ?? []);
  const unknown = items.filter(({ sku }) => !bySku(sku)).map(({ sku }) => sku);
  if (unknown.length > 0)
    return { tool: 'refused', reason: `There is no article ${unknown[0]} in the catalog.`, unknown };
  const lines = products.map((product, i): OrderLine => {
    const quantity = items[i]?.quantity ?? 1;
    const unitPrice = product.price ?? '0.00';
    return {
      sku: product.sku,
      name: product.name,
      quantity,
      unitPrice,
      currency: 'AED',
      lineTotal: multiply(money(unitPrice), quantity).amount,
    };
  });
  return { tool: 'selection', lines, products };
};

const use = ({ name, args }: ParsedCall): ToolResult => {
  const query = String(args.query ?? '');
  switch (name) {
    case 'search_products':
      return {
        tool: 'products',
        products: best(
          PRODUCTS,
          query,
          (product) => `${product.name} ${product.nameAr} ${product.category}`,
          5,
        ),
      };
    case 'search_knowledge':
      return {
        tool: 'knowledge',
        articles: best(ARTICLES, query, ({ title, body }) => `${title} ${body}`, 3),
      };
    case 'set_selection':
      return selection(args.items as readonly { sku: string; quantity: number }[]);
    default: {
      const product = bySku(args.sku);
      return product
        ? { tool: 'stock', product }
        : {
            tool: 'refused',
            reason: `There is no article ${args.sku} in the catalog.`,
            unknown: [String(args.sku)],
          };
    }
  }
};

/** One dialogue on one machine: the replies, and the problems that the check found in them. */
const talk = (said: readonly string[]) => {
  const chat = new Driver();
  const replies: string[] = [];
  const problems: string[] = [];
  for (const words of said) {
    if (chat.in('owner.manager') || chat.in('owner.waiting')) break;
    chat.says(words);
    chat.settleCustomer();
    chat.wait(TIMING.debounceMs);
    chat.brief();
    for (let step = 0; step < 12 && (chat.running('think') || chat.running('useTools')); step++) {
      if (chat.running('useTools')) {
        const { calls } = chat.child('useTools').input as UseToolsInput;
        chat.done('useTools', {
          results: calls.map((call) => ({ id: call.id, name: call.name, result: use(call) })),
        });
        continue;
      }
      const { messages, tools } = chat.prompt;
      const move = respond({ messages: messages as never, tools: tools.map((tool) => tool.function.name) });
      if (move.kind === 'say') chat.thinks(move.text);
      else
        chat.thinks(
          null,
          move.calls.map(({ name, args }) => ({ name, args })),
        );
      if (chat.context.turn.repairs > 0)
        problems.push(...(chat.context.turn.verdict?.problems ?? []), move.kind === 'say' ? move.text : '');
    }
    replies.push(chat.sending.at(-1) ?? '');
    if (chat.running('sendMessage')) chat.sent(`p${replies.length}`);
  }
  return { replies, problems };
};

const DIALOGUES: readonly (readonly string[])[] = [
  ['Hi', 'I need 10 office chairs under 500 AED', 'That is too expensive', 'the first one please', 'Omar'],
  ['Do you have chairs under 500 AED?', "I'll take 4 of CH-616", 'add 2 of DK-1400', 'make it 5'],
  [
    'What is the price of CH-616?',
    'ch616 in stock?',
    'Do you have 20 CH-720-BLK?',
    'price of MT-240',
    'price of POD-7',
  ],
  [
    'CH-616 x 4\n2 pcs DK-1400, FC-300: 6',
    'please send me a quotation',
    'My name is Sara and my company is Blue Tower',
  ],
  [
    'How long does delivery take?',
    'Where is your showroom?',
    'what about the warranty?',
    'What are the payment terms?',
  ],
  ['I need 5 chairs. Do you deliver to Sharjah?', 'is VAT included?', 'how long is a quotation valid?'],
  ['Do you sell bunk beds?', 'price of CH-999', 'asdf qwer', 'Are you a bot?', 'Thank you!', 'Bye'],
  ['I want to speak to a human'],
  ['Can you give me a discount?'],
  ['Can I visit your showroom?', 'We are furnishing our new office, need chairs'],
  ['I need a sofa for the reception', 'and a meeting table for 10 people', 'filing cabinet with lock?'],
  ['We need desks for 8 employees within 2 weeks', 'my budget is 10000 AED', '8'],
  ['مرحبا، أحتاج 10 كراسي مكتب بأقل من 500 درهم', 'غالي جدا', 'الأول', 'اسمي أحمد'],
  ['بكم CH-616 وهل هو متوفر؟', 'أريد ٤ قطع من CH-616', 'شكرا'],
  ['هل عندكم توصيل إلى الشارقة؟', 'وين معرضكم؟', 'ما هي شروط الدفع؟', 'كم مدة الضمان؟'],
  ['أريد التحدث مع موظف'],
  ['ممكن خصم؟'],
  ['محتاج 20 مكتب', 'عندكم خزانة ملفات؟', 'بلابلا'],
];

describe('what the salesperson of the sandbox says', () => {
  it.each(DIALOGUES.map((said) => [said] as const))('is true at the first try: %j', (said) => {
    const { replies, problems } = talk(said);
    expect(problems).toEqual([]);
    expect(replies.length).toBeGreaterThan(0);
    expect(replies.every((reply) => reply !== '')).toBe(true);
  });
});

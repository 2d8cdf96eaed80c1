import { describe, expect, it } from 'vitest';
import { type ConversationContext, initialContext, type OrderLine } from '../context.ts';
import { CHAIR, TIMING } from '../testing/driver.ts';
import { groundingFactsOf } from './from-context.ts';
import { ground as judge } from './ground.ts';

/** The way the machine judges. */
const ground = (reply: string, context: ConversationContext) => judge(reply, groundingFactsOf(context));

const DESK = {
  sku: 'DK-1400',
  name: 'Height adjustable desk 140',
  nameAr: 'مكتب قابل لتعديل الارتفاع ١٤٠',
  price: '1299.00',
  currency: 'AED',
  stock: 3,
  description: '140 x 70 cm, oak top',
  category: 'Desks',
};
const UNPRICED = { ...DESK, sku: 'POD-7', name: 'Acoustic pod', nameAr: null, price: null, stock: null };
const DELIVERY = {
  id: 'a1',
  title: 'Delivery',
  body: 'Stock items are delivered within 2-8 working days. Installation is 5% of the order, at least 300 AED.',
};
const LINE: OrderLine = {
  sku: 'CH-616',
  name: CHAIR.name,
  quantity: 4,
  unitPrice: '450.00',
  lineTotal: '1800.00',
  currency: 'AED',
};

const context = (
  more: { said?: string; language?: 'en' | 'ar'; escalated?: boolean } = {},
): ConversationContext => {
  const base = initialContext({ id: 'wz:c:1', channelId: 'c', chatId: '1', timing: TIMING });
  return {
    ...base,
    language: more.language ?? 'en',
    dialogue: [{ from: 'customer', text: more.said ?? 'I need 10 office chairs under 500 AED', at: 1 }],
    order: { lines: [LINE], subtotal: '1800.00', currency: 'AED' },
    turn: {
      ...base.turn,
      evidence: {
        products: [CHAIR, DESK, UNPRICED],
        articles: [DELIVERY],
        briefedProducts: [],
        briefedArticles: [],
        escalated: more.escalated ?? false,
      },
    },
  };
};

const GOOD_EN = [
  'The Ergo Task Chair 616 (CH-616) is 450 AED and 12 are in stock. Shall I note 10 for you?',
  'CH 616 costs AED 450.00, so 10 pieces come to 4,500 AED.',
  'For your 10 people: ch-616 at Dhs 450 each, under your 500 AED.',
  'The desk DK-1400 is 1,299 AED; only 3 are in stock, so for more we can look at an alternative.',
  'Your selection: 4 x CH-616 at 450.00 AED = 1,800.00 AED.',
  'Delivery takes 2-8 working days, installation is 5%, at least 300 AED.',
  'The acoustic pod (POD-7) has no price in the catalog.',
  'Hello, I am Noor from Treejar. What will the furniture be used for?',
  'The desk measures 140 x 70 cm with an oak top.',
  '12 available right now.',
  'Stock: 12. Would you like arms that adjust?',
  'We are open in the UAE, and I can show 2 or 3 alternatives.',
  'Prices are without VAT. What is your budget?',
];
const GOOD_AR = [
  'كرسي العمل CH-616 سعره 450 درهم، والمتوفر 12.',
  'السعر ٤٥٠ درهمًا للكرسي الواحد، و10 كراسي بـ 4,500 درهم.',
  'المكتب DK-1400 بسعر 1299 درهم، المتوفر 3 فقط.',
  'أهلًا، أنا نور من Treejar. ما الذي تبحث عنه؟',
  'التوصيل خلال 2-8 أيام عمل، والتركيب 5٪ بحد أدنى 300 درهم.',
];
const BAD_EN: readonly (readonly [string, RegExp])[] = [
  ['It is only 99 AED this week.', /amount 99/],
  ['The CH-616 costs AED 449.', /amount AED 449/],
  ['I can offer the chair CH-999 instead.', /article number CH-999/],
  ['We have 250 in stock.', /stock figure 250/],
  ['Stock: 40 pieces.', /stock figure 40/],
  ['You get 15% off today.', /percentage 15%/],
  ['A manager will call you in ten minutes.', /promises/],
  ["I'll check with the warehouse and get back to you.", /promises/],
  ['Your quotation has been sent to your e-mail.', /claims/],
  ['I have reserved 10 chairs for you.', /claims/],
  ['{"ok":true,"products":[]}', /internal text/],
  ['Let me call search_products for you.', /internal text/],
  ['As an AI language model I cannot say.', /internal text/],
  ['السعر 450 درهم', /English only/],
  ['', /empty/],
  ['x'.repeat(4000), /longer/],
];
const BAD_AR: readonly (readonly [string, RegExp])[] = [
  ['السعر 99 درهم فقط.', /amount/],
  ['المتوفر 400 قطعة.', /stock figure 400/],
  ['خصم 20٪ اليوم.', /percentage/],
  ['سيتواصل معك المدير اليوم.', /promises/],
  ['تم إرسال عرض السعر.', /claims/],
  ['The chair is 450 AED.', /Arabic only/],
];

describe('grounding', () => {
  it.each(GOOD_EN)('lets a true English reply through: %s', (reply) => {
    expect(ground(reply, context())).toEqual({ ok: true, problems: [] });
  });

  it.each(GOOD_AR)('lets a true Arabic reply through: %s', (reply) => {
    expect(ground(reply, context({ language: 'ar', said: 'أحتاج 10 كراسي' }))).toEqual({
      ok: true,
      problems: [],
    });
  });

  it.each(BAD_EN)('stops: %s', (reply, problem) => {
    expect(ground(reply, context()).problems.join(' ')).toMatch(problem);
  });

  it.each(BAD_AR)('stops: %s', (reply, problem) => {
    expect(ground(reply, context({ language: 'ar', said: 'مرحبا' })).problems.join(' ')).toMatch(problem);
  });

  it('lets a colleague be promised only after an escalation in the same turn (lesson F-24)', () => {
    const reply = 'My colleague will confirm the samples with you here.';
    expect(ground(reply, context()).ok).toBe(false);
    expect(ground(reply, context({ escalated: true })).ok).toBe(true);
  });

  it('lets the customer’s own figures be repeated', () => {
    expect(
      ground('For a budget of 20,000 AED we can do a lot.', context({ said: 'my budget is 20000 AED' })).ok,
    ).toBe(true);
    expect(ground('For a budget of 20,000 AED we can do a lot.', context()).ok).toBe(false);
  });

  it('does not take a Cyrillic article number for a foreign language (domain 12.11)', () => {
    const cyrillic = { ...CHAIR, sku: 'СН-205' };
    const base = context();
    const turn = { ...base.turn, evidence: { ...base.turn.evidence, products: [cyrillic] } };
    expect(ground('The chair СН-205 is 450 AED.', { ...base, turn })).toEqual({ ok: true, problems: [] });
    expect(ground('Стул СН-205 is 450 AED.', { ...base, turn }).ok).toBe(false);
  });

  it('takes 290 and 290.00 for one amount (lesson F-20)', () => {
    expect(ground('450 AED', context()).ok).toBe(true);
    expect(ground('450.00 AED', context()).ok).toBe(true);
    expect(ground('450.50 AED', context()).ok).toBe(false);
  });
});

describe('an article that we listed before', () => {
  const listed = (reply: string) => {
    const base = context({ said: 'Which chairs do you have?' });
    const shown = {
      from: 'bot' as const,
      at: 2,
      text: 'These would fit:\n- Orbit, black (CH-720-BLK): 265.00 AED',
    };
    return ground(reply, { ...base, dialogue: [...base.dialogue, shown] });
  };

  it('may be named again to ask which one is meant', () => {
    expect(
      listed('Which one do you mean?\n- Orbit, black (CH-720-BLK)\n- Ergo Task Chair 616 (CH-616)').ok,
    ).toBe(true);
  });

  it.each(['Orbit (CH-720-BLK) costs 265.00 AED.', 'Orbit (CH-720-BLK) is in stock.'])(
    'has no price and no stock until a tool reads them again: %s',
    (reply) => {
      expect(listed(reply).ok).toBe(false);
    },
  );

  it('does not make a number exist that prose alone had named', () => {
    const base = context({ said: 'Which chairs do you have?' });
    const prose = { from: 'bot' as const, at: 2, text: 'There is no ZX-999 in our catalog.' };
    expect(ground('Would ZX-999 suit you?', { ...base, dialogue: [...base.dialogue, prose] }).ok).toBe(false);
  });
});

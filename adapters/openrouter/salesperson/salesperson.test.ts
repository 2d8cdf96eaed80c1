/** How the rule-based salesperson talks: first replies, facts, questions, humans, repairs. */
import { describe, expect, test } from 'vitest';
import type { ChatMessage } from '../chat.ts';
import { respond } from './salesperson.ts';
import { ALL_TOOLS, argsOf, LISTED, later, laterAr, names, play, questions } from './testing.ts';
import { hasArabic } from './text.ts';

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

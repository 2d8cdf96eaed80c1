import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTriggers, type TriggerFacts, vetoOf } from './triggers.ts';

const NONE: TriggerFacts = {
  subtotal: null,
  managerThreshold: '10000.00',
  sentFile: false,
  notUnderstood: 0,
  rejected: 0,
};
const read = (text: string, facts: Partial<TriggerFacts> = {}) =>
  readTriggers(text, { ...NONE, ...facts }).map(({ trigger }) => trigger);

describe('triggers in the words (domain 8.1)', () => {
  it.each<[string, number]>([
    ['I want to speak to a human', 1],
    ['can I talk to someone from sales?', 1],
    ['connect me with your manager please', 1],
    ['is there a real person?', 1],
    ["I don't want to talk to a bot", 1],
    ['أريد التحدث مع موظف', 1],
    ['ابي اكلم شخص حقيقي', 1],
    ['حولني على موظف لو سمحت', 1],
    ['This is unacceptable, I want to complain', 3],
    ['terrible service, nobody answers', 3],
    ['you are scammers', 3],
    ['My lawyer will contact you', 3],
    ['I will sue you', 3],
    ['عندي شكوى', 3],
    ['خدمتكم سيئة جدا', 3],
    ['بروح المحكمة', 3],
    ['can you give me a discount?', 5],
    ['what is your best price?', 5],
    ['can we pay in installments', 5],
    ['do you make custom sizes? I need custom made desks', 5],
    ['ممكن خصم؟', 5],
    ['كم آخر سعر؟', 5],
    ['في تقسيط؟', 5],
    ['I want to return my chair', 7],
    ['the chair arrived broken', 7],
    ['you sent the wrong colour', 7],
    ['I need a refund', 7],
    ['وصل الكرسي مكسور', 7],
    ['أريد إرجاع الطلب', 7],
    ['Can I talk to Ahmed?', 8],
    ['please let me speak to Mr. Khan', 8],
    ['أريد التحدث مع الأستاذ خالد', 8],
    ['Can I visit your showroom?', 9],
    ['we want to come to your showroom tomorrow', 9],
    ['ابغى زيارة المعرض', 9],
    ['We are an interior design company', 10],
    ['نحن شركة ديكور', 10],
    ['I want to buy in bulk', 11],
    ['we need large quantities', 11],
    ['We are furnishing our new office', 12],
    ['تأثيث مكتب جديد', 12],
    ['it is a big project', 13],
    ['Do you have samples of the fabric?', 15],
    ['ممكن عينة من القماش', 15],
    ['Please call me', 17],
    ['call me back today', 17],
    ['can someone call me?', 17],
    ['give me a call', 17],
    ['اتصل بي لو سمحت', 17],
    ['كلموني اليوم', 17],
    ['I want an Arabic speaking manager', 18],
    ['do you have an Indian salesman?', 18],
    ['ابي موظف عربي', 18],
  ])('%s → %i', (text, trigger) => {
    expect(read(text)).toContain(trigger);
  });

  it('puts what silences the bot first', () => {
    expect(read('We furnish our new office. Please call me')).toEqual([17, 12]);
  });

  it.each([
    'Hi',
    'السلام عليكم',
    'Do you have wholesale prices?',
    'What is your MOQ?',
    'Is CH-616 in stock?',
    'I need 10 office chairs',
    'I need wardrobes',
    "children's beds?",
    'restaurant seating for 40',
    'The company is Blue Tower',
    'my name is Omar, email omar@falcon.test',
    'I prefer the black one',
    'do you have CH-999?',
    'show me desks under 1000',
    'What is your return policy?',
    'call me Ali',
    'I am the office manager of Blue Tower',
    'a chair for our manager',
    'desks for a call center',
    'phone booth for 1 person',
    'chairs for a law firm, for lawyers',
    'too expensive',
    'how long is the delivery?',
    'where is your showroom?',
    'do you deliver to Sharjah?',
    'I have terrible back pain, which chair helps?',
    'no complaints so far, thanks',
    'visitor chairs please',
    'furniture for our showroom',
    "I'll return to you tomorrow",
    'a meeting table for 10 people',
    'أريد كتالوج',
    'كم سعر الكرسي؟',
    'عندكم خزائن؟',
    'كراسي زوار',
    'أنا مدير المكتب',
    'محتاج 20 كرسي مكتب',
    'اللون الأسود أفضل',
    'أريد التفاصيل',
    'مكتب محاماة يحتاج كراسي',
  ])('never by itself: %s (domain 8.2, lesson F-26)', (text) => {
    expect(read(text)).toEqual([]);
  });
});

describe('triggers in the facts', () => {
  it('tells of an order above the threshold, not at it (trigger 4)', () => {
    expect(read('ok', { subtotal: '10000.01' })).toEqual([4]);
    expect(read('ok', { subtotal: '10000.00' })).toEqual([]);
  });

  it('counts what happened twice in a row, and files', () => {
    expect(read('?', { notUnderstood: 2 })).toEqual([2]);
    expect(read('?', { notUnderstood: 1 })).toEqual([]);
    expect(read('no', { rejected: 2 })).toEqual([16]);
    expect(read('', { sentFile: true })).toEqual([14]);
  });
});

describe('the veto on the model’s hand_over (lesson F-26)', () => {
  it.each<[number, string]>([
    [5, 'I need 10 chairs'],
    [11, 'how much is CH-616?'],
    [1, 'Hello'],
    [3, 'The company is Blue Tower'],
    [17, 'my phone is 050 123 4567'],
    [15, 'I prefer black'],
    [12, 'do you have wardrobes?'],
    [7, 'ok'],
    [1, 'عندكم كراسي؟'],
  ])('trigger %i is refused for %j', (trigger, text) => {
    expect(vetoOf(trigger, text, NONE)).toMatch(/Answer it yourself/);
  });

  it.each<[number, string]>([
    [1, 'I want to speak to a human'],
    [3, 'I will complain'],
    [1, 'give me a discount'],
    [6, 'do you deliver to Mars?'],
    [16, 'hmm, that does not convince'],
    [2, 'asdf qwer'],
  ])('trigger %i is let through for %j', (trigger, text) => {
    expect(vetoOf(trigger, text, NONE)).toBeNull();
  });
});

describe('hostile text', () => {
  it('is read in little time and never fails', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => Array.isArray(read(text))),
    );
    const started = performance.now();
    for (const hostile of [
      'call me ',
      'speak to ',
      'a ',
      'speak with the a an ',
      'want to ',
      'خصم ',
      'give me a discount ',
    ])
      read(hostile.repeat(4000 / hostile.length));
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

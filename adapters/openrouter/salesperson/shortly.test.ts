/** Short words, corrections and interruptions: nothing is asked twice, nothing is lost, nothing is picked unasked. */
import { describe, expect, it } from 'vitest';
import { factsIn } from './customer-facts.ts';
import { detailsIn } from './details.ts';
import { looseQuantity } from './items.ts';
import { shortlyIn } from './shortly.ts';
import { argsOf, LISTED, later, laterAr, names, ONE, play, type Tools } from './testing.ts';

const CHOSEN = '4 x Ergo Mesh Chair (CH-616) at 450.00 AED = 1800.00 AED';

describe('a word or two', () => {
  it.each([
    ['repeat please', 'repeat'],
    ['Can you repeat that again?', 'repeat'],
    ['أعد من فضلك', 'repeat'],
    ['مرة ثانية لو سمحت', 'repeat'],
    ['Cancel', 'cancels'],
    ['cancel the order please', 'cancels'],
    ['never mind', 'cancels'],
    ['إلغاء الطلب', 'cancels'],
    ['👍', 'fine'],
    ['ok great!', 'fine'],
    ['تمام', 'fine'],
    ["no, that's all", 'noMore'],
    ['لا شكرا', 'noMore'],
  ] as const)('“%s”: %s, and nothing else', (said, expected) => {
    const found = Object.entries(shortlyIn(said)).flatMap(([name, is]) => (is ? [name] : []));
    expect(found).toEqual([expected]);
  });

  it.each([
    'cancel the blue one and add two desks',
    'Repeat customers get a discount?',
    'No, the white one',
    '4',
  ])('“%s” is more than that', (said) => {
    expect(Object.values(shortlyIn(said))).toEqual([false, false, false, false]);
  });

  it('“repeat” looks the answer up again, figures and all, and changes nothing', () => {
    const played = play(['How much is CH-616?', ONE, 'repeat please'], later);
    expect(names(played)).toEqual(['check_stock']);
    expect(played.text).toMatch(/^Gladly, once more:\n\n- Ergo Mesh Chair \(CH-616\): 450\.00 AED/);
  });

  it.each([
    ['cancel', later, 'nothing is ordered'],
    ['إلغاء الطلب', laterAr, 'لم يُطلب شيء'],
  ] as const)('“%s” clears the selection and calls nobody', (said, setting, told) => {
    const played = play([said], { ...setting, selection: CHOSEN });
    expect(names(played)).toEqual(['set_selection']);
    expect(argsOf(played, 'set_selection')).toEqual({ items: [] });
    expect(played.text).toContain(told);
  });

  it('“cancel” with nothing chosen says so', () => {
    const played = play([LISTED, 'cancel'], later);
    expect(played.calls).toEqual([]);
    expect(played.text).toContain('nothing to cancel');
  });

  it('“that is all” after a selection leads to the offer of a quotation, and a yes to it asks for one', () => {
    const played = play(['Would you like to add anything else?', "no, that's all"], {
      ...later,
      selection: CHOSEN,
    });
    expect(played.text).toMatch(/Shall I prepare a written quotation/);
    const yes = play([played.text, 'yes'], {
      ...later,
      selection: CHOSEN,
      offered: ['set_selection', 'request_quote', 'update_customer'],
      tools: { request_quote: () => ({ ok: false, missing: ['company'] }) },
    });
    expect(names(yes)).toEqual(['set_selection', 'request_quote']);
  });

  it('a yes is nobody’s company or name', () => {
    const asked = new Set(['company', 'name'] as const);
    for (const word of ['نعم', 'yes', 'لا', 'تمام', 'شكرا']) expect(detailsIn(word, asked, {})).toEqual({});
  });

  it.each(['compare the first two', 'show me cheaper ones', 'قارن الأول والثاني', 'the black one then'])(
    'a wish put instead of an answer is nobody’s name: %s',
    (said) => {
      expect(factsIn(said, 'name')).toEqual({});
    },
  );

  it.each(['cancel', 'repeat please', 'نعم', 'never mind'])(
    '“%s” is no name of a company that was asked for',
    (said) => {
      expect(factsIn(said, 'company')).toEqual({});
    },
  );

  it.each([
    [
      'سارة حداد\nشركة النخيل للتجارة\nsara@nakheel.ae\nبرج الخليج، الطابق 5',
      'سارة حداد',
      'شركة النخيل للتجارة',
    ],
    ['Sara Haddad, Acme Trading LLC, sara@acme.ae, Office 12, Bay Square', 'Sara Haddad', 'Acme Trading LLC'],
  ])('a name that nobody asked for is not the company’s: %s', (said, name, company) => {
    expect(detailsIn(said, new Set(['company', 'address', 'email'] as const), {})).toMatchObject({
      name,
      company,
    });
  });

  it('an order is no delivery address', () => {
    const asked = new Set(['company', 'address'] as const);
    expect(detailsIn('3 x CH-720-BLK and DK-1600', asked, {})).toEqual({});
    expect(detailsIn('Office 12, Bay Square', asked, {})).toEqual({ address: 'Office 12, Bay Square' });
  });
});

describe('a choice', () => {
  it('keeps the number that was said when the articles were asked for', () => {
    const played = play(
      [
        'hi I need 3 chairs',
        LISTED,
        "what's the diffrence between the first two?",
        LISTED,
        'ok the second one',
      ],
      later,
    );
    expect(argsOf(played, 'set_selection')).toEqual({ items: [{ sku: 'CH-700', quantity: 3 }] });
    expect(played.text).not.toMatch(/how many/i);
  });

  it('without a number stays open in the shop, which asks for it', () => {
    const played = play(['Which chairs do you have?', LISTED, 'the second one'], later);
    expect(argsOf(played, 'set_selection')).toEqual({ items: [{ sku: 'CH-700' }] });
  });

  it('of an article in a colour that it does not have is a search for that colour, and chooses nothing', () => {
    const played = play(
      ['hi I need 3 chairs', LISTED, "actually I'd rather have the second one in black"],
      later,
    );
    expect(names(played)).toEqual(['search_products']);
    expect(argsOf(played, 'search_products')).toMatchObject({ query: expect.stringContaining('black') });
  });

  it('by its place is understood after the name was asked for in between (lesson F-02)', () => {
    const played = play(
      [
        'I need 4 chairs',
        LISTED,
        'Khaled',
        'Nice to meet you, Khaled.\n\nWhich of these suits you best?',
        'the second',
      ],
      later,
    );
    expect(argsOf(played, 'set_selection')).toEqual({ items: [{ sku: 'CH-700', quantity: 4 }] });
  });

  it.each([
    ['black, 2 of them. and 5 of the straight desk', 2, 5],
    ['one of it and 3 desks', 1, 3],
  ])('of the article in view and another kind, each with its count: %s', (said, own, other) => {
    const played = play(['chairs?', ONE, said], later);
    expect(argsOf(played, 'set_selection')).toEqual({ items: [{ sku: 'CH-616', quantity: own }] });
    expect(played.text).not.toContain(`the ${own} you need`);
    expect(looseQuantity(said.slice(said.indexOf('and')))).toBe(other);
  });

  it.each([
    ['a meeting table for 10', null],
    ['2 meeting tables for 10', 2],
    ['طاولة اجتماعات لـ 10', null],
    ['one piece', 1],
    ['حبة واحدة', 1],
    ['just one please', 1],
    ['one', 1],
    ['واحدة', 1],
    ['the first one', null],
    ['the price for 10?', 10],
  ])('is counted in pieces, not in seats: %s', (said, count) => {
    expect(looseQuantity(said)).toBe(count);
  });

  it('by its place counts what is shown, not what was noted above it', () => {
    const noted =
      'I have noted:\n- Visitor Chair (CH-210): 2 × 220.00 AED = 440.00 AED\n\nI would suggest these:\n- Ergo Mesh Chair (CH-616): 450.00 AED, 12 in stock\n- Executive Chair (CH-700): 1290.00 AED, 3 in stock';
    const played = play(['2 of CH-210 and 4 other chairs', noted, 'the second one'], later);
    expect(played.calls.find(({ name }) => name === 'set_selection')?.args.items).toContainEqual(
      expect.objectContaining({ sku: 'CH-700' }),
    );
  });

  it.each([
    [
      '3 x CH-616 please, quotation for Omar, Al Noor Trading LLC, omar@alnoor.ae, Office 5, Bay Square, Business Bay',
      {
        name: 'Omar',
        company: 'Al Noor Trading LLC',
        email: 'omar@alnoor.ae',
        address: 'Office 5, Bay Square, Business Bay',
      },
    ],
    [
      'أريد ٣ من CH-616 مع عرض سعر. الاسم سارة، شركة النور للتجارة، sara@alnoor.ae، مكتب ٥، برج الخليج، الخليج التجاري',
      {
        name: 'سارة',
        company: 'شركة النور للتجارة',
        email: 'sara@alnoor.ae',
        address: 'مكتب ٥، برج الخليج، الخليج التجاري',
      },
    ],
  ])('with all details in the first message is not asked for any of them again: %s', (said, facts) => {
    const played = play([said], { offered: ['set_selection', 'update_customer', 'request_quote'] });
    expect(argsOf(played, 'update_customer')).toEqual(facts);
    expect(argsOf(played, 'set_selection')).toEqual({ items: [{ sku: 'CH-616', quantity: 3 }] });
    expect(names(played)).toContain('request_quote');
  });

  it('of a quotation comes with its address behind the e-mail', () => {
    const played = play(
      ['chairs?', ONE, 'send the quotation to sara@acme.ae, office 1204, Marina Plaza, Dubai Marina'],
      { ...later, offered: ['update_customer'] },
    );
    expect(argsOf(played, 'update_customer')).toEqual({
      email: 'sara@acme.ae',
      address: 'office 1204, Marina Plaza, Dubai Marina',
    });
  });

  it.each(['the cheapest one', 'I take the cheapest', 'الأرخص'])('by its price: %s', (said) => {
    const played = play(['I need 4 chairs', LISTED, said], later);
    expect(argsOf(played, 'set_selection')).toEqual({ items: [{ sku: 'CH-616', quantity: 4 }] });
  });

  it('of the article in view leaves room for another wish beside it', () => {
    const played = play(['chairs?', ONE, 'ok, 2 of it, and 16 desks to go with it'], later);
    expect(argsOf(played, 'set_selection')).toEqual({ items: [{ sku: 'CH-616', quantity: 2 }] });
    expect(argsOf(played, 'search_products')).toMatchObject({ query: expect.stringMatching(/desks/) });
  });

  it('that waits for a number is not asked about twice in the same words', () => {
    const played = play(['chairs?', ONE, 'how many of them are in stock?'], later);
    expect(played.text).toContain('12 in stock');
    expect(played.text).not.toMatch(/how many/i);
  });

  it.each(['12 pieces then', 'ok 12 then', '12 of them', '١٢ قطعة إذن'])(
    'a number for one of several articles (%s) asks which of them is meant',
    (said) => {
      const played = play(['Which chairs do you have?', LISTED, said], later);
      expect(names(played)).not.toContain('search_knowledge');
      expect(played.text).toContain('CH-616');
      expect(played.text).toContain('CH-700');
    },
  );

  it('of a comparison is not made by asking, whatever the spelling', () => {
    const played = play(
      [
        'I need 2 chairs',
        LISTED,
        "what's the diffrence between the first two? and do you deliver? how long?",
      ],
      later,
    );
    expect(names(played)).not.toContain('set_selection');
    expect(played.text).toContain('2 to 8 working days');
    expect(played.text).toContain('The lower price: CH-616.');
    expect(played.text).toMatch(/Which of these suits you best\?$/);
  });

  it('with and without a number in one message: what is counted is noted, the other one asked about', () => {
    const played = play(['3 x CH-616 and DK-1400'], later);
    expect(argsOf(played, 'set_selection')).toEqual({
      items: [{ sku: 'CH-616', quantity: 3 }, { sku: 'DK-1400' }],
    });
  });

  it('corrected to another colour takes the place of the first, in the same quantity', () => {
    const tools: Tools = {
      search_products: () => ({
        ok: true,
        products: [
          { sku: 'HD-1', name: 'Lift desk, white', price: '1450.00', currency: 'AED', stock: 4 },
          { sku: 'DK-9-WHT', name: 'Desk Nine, white', price: '480.00', currency: 'AED', stock: 33 },
        ],
      }),
      set_selection: ({ items }) => ({
        ok: true,
        lines: (items as { sku: string; quantity: number }[]).map((item) => ({
          ...item,
          name: 'Desk Nine, white',
        })),
      }),
    };
    const played = play(['I have noted:\n- Desk Nine (DK-9): 2', 'no, the white one'], {
      ...later,
      selection: '2 x Desk Nine (DK-9) at 480.00 AED = 960.00 AED',
      tools,
    });
    expect(argsOf(played, 'set_selection')).toEqual({ items: [{ sku: 'DK-9-WHT', quantity: 2 }] });
    expect(played.text).toContain('(DK-9-WHT): 2');
    expect(played.text).not.toContain('HD-1');
  });

  it('names each article once', () => {
    const played = play(['I want 4 of CH-616'], later);
    expect(played.text.match(/\(CH-616\)/g)).toHaveLength(1);
  });
});

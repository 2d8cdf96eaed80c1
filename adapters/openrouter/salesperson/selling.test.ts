/** Finding items and taking orders, in English and Arabic, with made-up tools. */
import { describe, expect, test } from 'vitest';
import { argsOf, LISTED, later, laterAr, names, ONE, ONE_AR, play, type Tool } from './testing.ts';

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

  test.each([
    ['How much is the second one?', LISTED, later, 'CH-700'],
    ['كم سعر الثاني؟', LISTED, laterAr, 'CH-700'],
    ['بكم الأول؟', LISTED, laterAr, 'CH-616'],
  ] as const)('“%s” is about that place of our list only', (said, list, setting, sku) => {
    const played = play(['chairs', list, said], setting);
    expect(played.calls).toEqual([{ name: 'check_stock', args: { sku } }]);
  });

  test('“take 2 of it” in Arabic takes the one that was just priced', () => {
    const played = play(['أريد كراسي', LISTED, 'بكم الأول؟', ONE_AR, 'طيب خذ ٢ منه'], laterAr);
    expect(argsOf(played, 'set_selection')).toEqual({ items: [{ sku: 'CH-616', quantity: 2 }] });
  });

  test.each([
    ['no, the blue one please', 'I need chairs under 400 AED', later, 'chairs blue'],
    ['لا، أبغى الأزرق', 'أريد كراسي أقل من ٤٠٠ درهم', laterAr, 'كراسي الازرق'],
  ] as const)(
    '“%s”: a colour that was not shown is looked for, in the budget named before',
    (said, first, setting, query) => {
      const played = play([first, LISTED, said], setting);
      expect(argsOf(played, 'search_products')).toMatchObject({ query, max_price: 400 });
    },
  );

  test('a digression ends with the choice that is still open, not with "what are you looking for?"', () => {
    const played = play(['chairs', LISTED, 'Do you deliver to Abu Dhabi?'], later);
    expect(played.text).toMatch(/Which of these suits you best\?$/);
  });

  test('all details at once in answer to "which items?" are noted at once', () => {
    const ask = 'بكل سرور. ما المنتجات والكميات التي تريدها في عرض السعر؟';
    const played = play(
      ['عرض سعر', ask, 'سالم، شركة الواحة للتجارة، شارع حمدان برج الساحل مكتب ٥، salem@alwaha.example'],
      laterAr,
    );
    expect(argsOf(played, 'update_customer')).toEqual({
      name: 'سالم',
      company: 'شركة الواحة للتجارة',
      address: 'شارع حمدان برج الساحل مكتب ٥',
      email: 'salem@alwaha.example',
    });
  });

  test.each([
    ['I want CH-616 and DK-1400', later, 'How many of CH-616 do you need?'],
    ['أريد CH-616 و DK-1400', laterAr, 'كم قطعة تحتاج من CH-616؟'],
  ] as const)('“%s”: both are chosen, and one quantity is asked at a time', (said, setting, question) => {
    const set_selection: Tool = () => ({ ok: true, lines: [], subtotal: null, ask_quantity_of: 'CH-616' });
    const played = play([said], { ...setting, tools: { set_selection } });
    expect(argsOf(played, 'set_selection')).toEqual({ items: [{ sku: 'CH-616' }, { sku: 'DK-1400' }] });
    expect(played.text.endsWith(question)).toBe(true);
  });

  test.each([
    ['20 chairs and 3 desks for 10 people', later],
    ['٢٠ كرسي و٣ مكاتب', laterAr],
  ] as const)('“%s”: each kind is looked for and judged by its own quantity', (said, setting) => {
    const played = play([said], setting);
    expect(names(played)).toEqual(['search_products', 'search_products']);
    expect(played.text).toMatch(/CH-616[^\n]*(?:only 12 of the 20|12 فقط من أصل 20)/);
    expect(played.text).toMatch(/DK-1400/);
    expect(played.text).not.toMatch(/DK-1400[^\n]*20/);
  });

  test.each([
    ['cancel the desks', later],
    ['ألغي المكاتب', laterAr],
  ] as const)('“%s” takes them out of the selection and starts no search', (said, setting) => {
    const selection =
      '4 x Ergo Mesh Chair (CH-616) at 450.00 AED = 1800.00\n- 2 x Straight desk (DK-1400) at 480.00 AED = 960.00';
    const played = play([said], { ...setting, selection });
    expect(names(played)).not.toContain('search_products');
    expect(argsOf(played, 'set_selection')).toEqual({ items: [{ sku: 'CH-616', quantity: 4 }] });
    const repeated = play(['Please repeat my order'], { ...later, selection });
    expect(argsOf(repeated, 'set_selection')).toEqual({
      items: [
        { sku: 'CH-616', quantity: 4 },
        { sku: 'DK-1400', quantity: 2 },
      ],
    });
    expect(names(repeated)).not.toContain('order_status');
  });

  test('two questions about the company are looked up apart', () => {
    const played = play(["What's your warranty and do you have a showroom?"], later);
    expect(names(played).filter((name) => name === 'search_knowledge')).toHaveLength(2);
  });

  test.each([
    ['I need chairs', later, 'Which of these suits you best, and how many do you need?'],
    ['أحتاج كراسي', laterAr, 'أي منها يناسبك أكثر، وكم قطعة تحتاج؟'],
    ['Show me 10 chairs', later, 'Which of these suits you best?'],
  ] as const)(
    'after several articles “%s” is asked which one, never a bare quantity',
    (said, setting, asked) => {
      const played = play([said], setting);
      expect(played.text.split('\n\n').at(-1)).toBe(asked);
    },
  );

  test('a thumb repeats the open question, and calls nobody', () => {
    const played = play(['chairs', ONE, '👍🏻'], later);
    expect(played).toMatchObject({ text: 'How many pieces do you need?', calls: [] });
  });

  test('an office number in an Arabic address starts no search, twelve desks do', () => {
    const address = play(['باسم شركة النور، دبي مارينا مكتب ١٢'], laterAr);
    expect(names(address)).not.toContain('search_products');
    expect(names(play(['أريد ١٢ مكتب'], laterAr))).toContain('search_products');
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

describe('a comparison', () => {
  test.each(['compare the first two', 'What is the difference between both?', 'قارن بين أول اثنين'])(
    '“%s” reads what was shown, and orders nothing',
    (said) => {
      const played = play(['chairs?', LISTED, said], later);
      expect(names(played)).toEqual(['check_stock', 'check_stock']);
    },
  );
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

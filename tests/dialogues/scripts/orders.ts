/** Choosing, quantities, corrections, interruptions (domain 3.8, 3.9; lessons F-02, F-03, F-05, F-09). */
import { type Dialogue, dialogue, says } from '../dialogue.ts';

export const orders: readonly Dialogue[] = [
  dialogue(
    'a selection is confirmed with its exact total',
    [says('I want 4 of CH-720-BLK', { has: ['1060.00'] })],
    { lines: [['CH-720-BLK', 4]] },
  ),
  dialogue('اختيار مع المجموع', [says('أريد 4 من CH-720-BLK', { has: ['1060.00'] })], {
    lines: [['CH-720-BLK', 4]],
    language: 'ar',
  }),
  dialogue('Arabic digits are digits', [says('أريد ٦ من VC-150', { has: ['690.00'] })], {
    lines: [['VC-150', 6]],
    language: 'ar',
  }),
  dialogue(
    'two lines in one message',
    [says('Please note 3 x DK-1400-WHT and 3 x PD-3-BLK', { has: ['2430.00'] })],
    {
      lines: [
        ['DK-1400-WHT', 3],
        ['PD-3-BLK', 3],
      ],
    },
  ),
  dialogue(
    'lesson F-02 a bare quantity after an interruption is attached to the item in question',
    [
      says('Tell me about EX-655', { has: ['780.00'] }),
      says('How long does delivery take?', { has: [/days|deliver/i] }),
      says('6', { has: ['4680.00'] }),
    ],
    { lines: [['EX-655', 6]] },
  ),
  dialogue(
    'lesson F-02 in Arabic: the quantity comes after a question about delivery',
    [
      says('كم سعر EX-655؟', { has: ['780.00'] }),
      says('كم يستغرق التوصيل؟', { has: [/توصيل|أيام|يوم/] }),
      says('٦ قطع', { has: ['4680.00'] }),
    ],
    { lines: [['EX-655', 6]], language: 'ar' },
  ),
  dialogue(
    'lesson F-09 a correction of the quantity replaces only the quantity',
    [
      says('I want 8 of VC-170', { has: ['2480.00'] }),
      says('Actually make it 12', { has: ['3720.00'], lacks: ['2480.00'] }),
    ],
    { lines: [['VC-170', 12]] },
  ),
  dialogue(
    'lesson F-09 a correction in Arabic',
    [says('أريد 2 من DK-1600', { has: ['1380.00'] }), says('خليها 3', { has: ['2070.00'] })],
    { lines: [['DK-1600', 3]], language: 'ar' },
  ),
  dialogue(
    'lesson F-03 what was chosen is known two turns later',
    [
      says('I want 5 of CT-60', { has: ['1600.00'] }),
      says('Where is your showroom?', { has: [/Dubai/i] }),
      says('My name is Dina', { lacks: [/which items/i, /confirm items/i] }),
    ],
    { lines: [['CT-60', 5]], slots: { name: 'Dina' } },
  ),
  dialogue(
    'another item is added, the first one stays (domain 3.9)',
    [says('I want 2 of SF-2-GRY', { has: ['2700.00'] }), says('Add 1 CT-60', { has: ['3020.00'] })],
    {
      lines: [
        ['SF-2-GRY', 2],
        ['CT-60', 1],
      ],
    },
  ),
  dialogue(
    'a change of mind: something else instead',
    [
      says('I want 2 of SF-2-GRY', { has: ['2700.00'] }),
      says('I will take 2 of SF-2-TEA instead', { has: ['2780.00'], lacks: ['5480.00'] }),
    ],
    { lines: [['SF-2-TEA', 2]] },
  ),
  dialogue('the second one of a list is the second one', [
    says('Show me sofas', { has: ['AED'] }),
    says('I will take 2 of the second one', { has: ['AED'] }),
  ]),
  dialogue(
    'lesson F-05 a quantity is not an address, and a name not a company',
    [says('I want 5 of VC-150', { has: ['575.00'] }), says('Quantity 7 please', {})],
    { absentSlots: ['address', 'company', 'name'] },
  ),
  dialogue(
    'lesson F-05 details in labels are each put in their place',
    [
      says('I want 5 of VC-150', { has: ['575.00'] }),
      says('Name: Sara Haddad\nCompany: Acme LLC\nEmail: sara@acme.example', {}),
    ],
    {
      slots: { name: 'Sara Haddad', company: /Acme LLC/, email: 'sara@acme.example' },
      lines: [['VC-150', 5]],
    },
  ),
  dialogue('a question about the price does not choose', [says('How much would 10 of VC-150 be?', {})], {
    owner: 'bot',
    alerts: [],
  }),
];

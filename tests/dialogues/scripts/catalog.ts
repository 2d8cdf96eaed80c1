/** Finding, comparing, prices and stock (domain 12, 13; lessons F-11 to F-19, F-49). */
import { type Dialogue, dialogue, says } from '../dialogue.ts';

export const catalog: readonly Dialogue[] = [
  dialogue('a budget limits what is shown (domain 5.21)', [
    says('I need 10 office chairs under 300 AED', {
      has: ['AED', /chair/i],
      lacks: [/345\.00/, /1,?190/, /870\.00/],
    }),
  ]),
  dialogue(
    'an Arabic budget limits what is shown',
    [says('أحتاج 10 كراسي مكتب بأقل من 300 درهم', { has: ['درهم'], lacks: [/345\.00/, /870\.00/] })],
    { language: 'ar' },
  ),
  dialogue('too expensive is answered with something cheaper, not with "high quality" (domain 5.19)', [
    says('Do you have executive chairs?', { has: ['AED'] }),
    says('Too expensive', { has: ['AED'], lacks: [/high quality/i, /discount/i] }),
  ]),
  dialogue(
    'غالي is answered with cheaper pieces',
    [
      says('كم سعر كراسي المدير؟', { has: ['درهم'] }),
      says('غالي', { has: ['درهم'], lacks: [/جودة عالية/, /خصم/] }),
    ],
    { language: 'ar' },
  ),
  dialogue('an exact item by its number: price and live stock (domain 12.7)', [
    says('Price of EX-640?', { has: ['690.00', '31', 'EX-640'] }),
  ]),
  dialogue('سعر صنف برقمه', [says('كم سعر EX-640؟', { has: ['690.00', 'EX-640'] })], { language: 'ar' }),
  ...['ch720blk', 'CH 720 BLK', 'CH-720-BLK', 'CH   720-blk', 'сн-720-blk'].map((sku) =>
    dialogue(`lesson F-11 the spelling ${sku} is the same chair`, [
      says(`do you have ${sku}?`, { has: ['CH-720-BLK', '265.00'] }),
    ]),
  ),
  dialogue('lesson F-11 Cyrillic look-alikes in our own catalog', [
    says('What is the price of CH-205?', { has: ['219.00'] }),
  ]),
  dialogue('lesson F-12 neighbours in number are not each other', [
    says('How much is 9719-5?', { has: ['870.00'], lacks: ['1190.00', '1,190.00'] }),
  ]),
  dialogue('lesson F-12 a stem with several variants is asked about, never picked', [
    says("I'll take 5 of WS-4", { has: [/WS-4/] }),
  ]),
  dialogue('lesson F-12 an invented number is not found, and nothing is made up', [
    says('Do you have LUMA-9999?', { lacks: [/9719/, 'LUMA-9999 is'] }),
  ]),
  dialogue(
    'lesson F-12 a model number is no quantity',
    [says('I like the meeting table 2400', { lacks: [/2400 [x×]/, /\b2400 pieces/] })],
    { lines: [] },
  ),
  dialogue(
    'lesson F-12 weeks and employees are no quantities',
    [says('We need desks in 2 weeks for 8 employees', { has: ['AED'] })],
    { lines: [] },
  ),
  dialogue(
    'lesson F-13 numbered answers are no products',
    [
      says('I need chairs', { has: ['AED'] }),
      says('1. Yes\n2. Black\n3. No\n4. For office', { lacks: [/NO-4/i, /OFFICE-4/i] }),
    ],
    { lines: [] },
  ),
  dialogue(
    'lesson F-14 hyphenated words and e-mails are no items',
    [
      says('We are a start-up, state-of-the-art co-working. Mail me at ops-22@hub-7.example', {
        lacks: [/could not find in our catalog/i],
      }),
    ],
    { lines: [] },
  ),
  dialogue('lesson F-15 a missing price is never zero (domain 9.7)', [
    says('How much is EX-980?', { lacks: [/\b0\.00/, /\b0 AED/] }),
  ]),
  dialogue(
    'lesson F-15 a missing price in Arabic is never zero',
    [says('كم سعر EX-980؟', { lacks: [/\b0\.00/] })],
    { language: 'ar' },
  ),
  dialogue('lesson F-16 a discontinued item is not offered (domain 12.4)', [
    says('Do you have DK-1000-OLD?', { lacks: ['310.00'] }),
  ]),
  dialogue('short stock is said with a way out (domain 12.8)', [
    says('I need 10 of CH-616-GRN', { has: [/\b3\b/] }),
  ]),
  dialogue('an item out of stock is said to be so', [
    says('Is VC-110-RED available?', { has: [/out of stock|not available|unavailable/i] }),
  ]),
  dialogue('صنف غير متوفر', [says('هل VC-110-RED متوفر؟', { has: [/غير متوفر/] })], { language: 'ar' }),
  dialogue('lesson F-19 what is not sold is not offered, at no price', [
    says('Do you sell office curtains from AED 50?', { lacks: [/curtain[^.?]*\d+\.\d\d AED/i] }),
  ]),
  dialogue('lesson F-20 curly quotes and true prices in another notation delete no reply', [
    says('I’d like the “Manager chair Vector” – what’s its price? I saw AED 690', { has: ['690.00'] }),
  ]),
  dialogue(
    'lesson F-20 an Arabic reply full of Latin names is sent as it is',
    [says('كم سعر MT-FOLD؟', { has: ['640.00', 'MT-FOLD'] })],
    { language: 'ar' },
  ),
  dialogue('lesson F-22 the same question twice is answered twice, in other words', [
    says('Do you have filing cabinets?', { has: ['640.00'] }),
    says('Do you have filing cabinets?', { has: ['640.00'] }),
  ]),
  dialogue('two families in one message', [says('I need desks and mobile pedestals', { has: ['AED'] })]),
  dialogue('lesson F-49 a long list of wishes is answered within the allowance of searches', [
    says('I need chairs, desks, tables, cabinets, sofas, lamps, whiteboards and phone booths', {
      has: ['AED'],
    }),
  ]),
  dialogue('a lamp, then the same in a second question', [
    says('Do you have desk lamps?', { has: ['145.00'] }),
    says('How many are in stock?', { has: ['57'] }),
  ]),
];

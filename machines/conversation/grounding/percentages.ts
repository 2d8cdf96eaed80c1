/** Percentages and discounts (domain 9.9, 9.10, 14.5): only what an article, a card or the approved table says. */
import { words } from '../../language/words.ts';
import { type Check, eachSentence, states } from './check.ts';
import { businessSays, cardsOf, type Known } from './known.ts';
import { isDeferred, isDenied } from './mood.ts';
import type { Said } from './reply.ts';

const PERCENT =
  /(?<![\d.,])(\d{1,3}(?:\.\d{1,2})?)\s?(?:%|percent|per cent|بالمئه|بالميه|بالمائه|بالمايه|في المئه|في المائه)/giu;
const VAT = words('vat|tax', ['ضريبة', 'الضريبة']);
const DISCOUNT = words(
  'discounts?|discounted|% off|percent off|special price|better price|best price|special rate|special offer|promotions?|promo|voucher|coupon|half price|half the price|free gift|gift|(?:get|take|have) (?:one|1|2|two|another) (?:for )?free|one free|complimentary|for free|(?:an?|one|1|2|with) free (?!of|to|sample|samples|visit|consultation|delivery|shipping|installation|assembly|standing)\\w+|bonus|price drop|reduced price|on sale|clearance',
  [
    'خصم',
    'خصومات',
    'تخفيض',
    'عرض خاص',
    'عروض خاصة',
    'نصف السعر',
    'بنصف',
    'هدية',
    'كوبون',
    'مكافأة',
    'سعر خاص',
    'سعر أفضل',
    'تنزيلات',
  ],
);
/** The customer's wish, told back to them. */
const WISH = words(
  "you (?:hoped|asked|want|wanted|would like|mention|mentioned|wish|requested|are looking)|your (?:request|wish)|you'd like",
  ['رغبتك', 'طلبت', 'ذكرت', 'تريد'],
);

export const unknownPercentages: Check = eachSentence('percentage', (said, known) => {
  // A card's percentage is of its materials: it proves nothing of another product, and no discount.
  const cards = DISCOUNT.test(said.plain) ? '' : cardsOf(said.products, known);
  const true_ = new Set([...numbersIn(known.business), ...numbersIn(cards), ...approved(said, known)]);
  const claimed = new Set(numbersIn(known.customer));
  return [...said.plain.matchAll(PERCENT)]
    .filter(([, number = '']) => !true_.has(Number(number)))
    .filter(
      ([, number = ''], i, all) => !(claimed.has(Number(number)) && isRefusal(said, all[i]?.index ?? 0)),
    )
    .map(([written]) => `The percentage ${written} is in no tool result of this turn; leave it out.`);
});

const numbersIn = (plain: string): readonly number[] =>
  [...plain.matchAll(PERCENT)].map((match) => Number(match[1]));

const approved = (said: Said, known: Known): readonly number[] => [
  ...(VAT.test(said.plain) ? [Number(known.vatPercent)] : []),
  ...(known.discountPercent !== null && DISCOUNT.test(said.plain) ? [Number(known.discountPercent)] : []),
];

/** Their percentage may be named to refuse it, to pass it on, or as their wish. */
const isRefusal = (said: Said, at: number): boolean =>
  isDenied(said.plain, at) || isDeferred(said.plain) || WISH.test(said.plain);

export const unapprovedDiscounts: Check = eachSentence('discount', (said, known) => {
  if (known.discountPercent !== null || !states(said, DISCOUNT) || WISH.test(said.plain)) return [];
  // "The 15 % discount is with my manager": reported, not granted.
  if (businessSays(known, DISCOUNT, said.plain)) return [];
  return [
    'The reply grants a discount, gift or special price; only a manager may. Say that a manager decides, or leave it out.',
  ];
});

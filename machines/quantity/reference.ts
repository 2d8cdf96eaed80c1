/** Which of the items shown a customer means: "the first one", "the black one", "الأول", "the cheaper", "both". */
import { fold } from '../language/fold.ts';
import { words } from '../language/words.ts';
import { findAmounts, knownPrice, toMinor } from '../money/money.ts';
import { foldSku, skuTokens } from '../sku/normalise.ts';
import { findSkus, makeSkuIndex } from '../sku/sku.ts';
import { colourCodes, sameToken } from '../sku/variants.ts';
import { withFigures } from './figures.ts';

export interface ShownItem {
  readonly sku: string;
  readonly name: string;
  readonly nameAr?: string | null;
  /** Decimal string. */
  readonly price?: string | null;
}

export type Reference =
  | { readonly kind: 'one'; readonly sku: string }
  /** Both, all of them, or a description that fits several: ask unless the customer said "both". */
  | { readonly kind: 'several'; readonly skus: readonly string[]; readonly meant: boolean }
  | { readonly kind: 'none' };

const NONE: Reference = { kind: 'none' };

const ORDINALS: readonly RegExp[] = [
  words('first|1st', ['=الاول', '=الاولى', '=اول واحد', '=الاولانية']),
  words('second|2nd', ['=الثاني', '=الثانية', '=التاني', '=التانية']),
  words('third|3rd', ['=الثالث', '=الثالثة', '=التالت']),
  words('fourth|4th', ['=الرابع', '=الرابعة']),
  words('fifth|5th', ['=الخامس', '=الخامسة']),
];
const LAST = words('last(?: one)?(?! (?:week|month|year|time))', ['=الاخير', '=الاخيرة', '=اخر واحد']);
const NUMBERED =
  /(?:number|no\.?|option|item|#|رقم|خيار|الخيار)\s?(\d{1,2})(?!\d)|^\D{0,12}(?<!\p{L})(\d{1,2})\s?(?:st|nd|rd|th)(?!\p{L})/iu;
const ALL = words('both|all of them|all three|all two|all these|everything|them all', [
  'كلاهما',
  'كليهما',
  'الاثنين',
  'الاتنين',
  'كلهم',
  'كلها',
  'جميعها',
]);
const CHEAPEST = words('cheap(?:er|est)?(?: one)?|lower[- ]priced|least expensive|less expensive', [
  'الارخص',
  'ارخص واحد',
  'الاقل سعرا',
]);
const DEAREST = words('(?:more|most) expensive|dear(?:er|est)|premium one|pric(?:ier|iest)', [
  'الاغلى',
  'اغلى واحد',
]);
const THIS = words("(?:this|that|the same)(?: one)?|it|this one|take it|i'll take it", [
  '=هذا',
  '=هذه',
  '=هذي',
  '=هاي',
  '=هذاك',
  'باخذه',
  '=نفسه',
]);

/** Reads the reference against the items of our last list, in its order. A reference exists only if an item answers to it. */
export const readReference = (text: string, shown: readonly ShownItem[]): Reference => {
  if (shown.length === 0) return NONE;
  const plain = fold(withFigures(text));
  if (ALL.test(plain) && shown.length > 1)
    return { kind: 'several', skus: shown.map(({ sku }) => sku), meant: true };
  const byNumber = bySku(text, shown);
  if (byNumber) return byNumber;
  const place = placeIn(fold(text), plain, shown.length);
  if (place !== null) return one(shown[place]);
  for (const narrow of [byColour, byPrice, byPriceOrder, byName]) {
    const fitting = narrow(text, plain, shown);
    if (fitting.length > 0 && fitting.length < shown.length) return several(fitting);
    if (fitting.length === 1) return one(fitting[0]);
  }
  return shown.length === 1 && THIS.test(plain) ? one(shown[0]) : NONE;
};

const one = (item: ShownItem | undefined): Reference => (item ? { kind: 'one', sku: item.sku } : NONE);
const several = (items: readonly ShownItem[]): Reference =>
  items.length === 1 ? one(items[0]) : { kind: 'several', skus: items.map(({ sku }) => sku), meant: false };

const bySku = (text: string, shown: readonly ShownItem[]): Reference | null => {
  const found = findSkus(text, makeSkuIndex(shown.map(({ sku }) => sku)));
  const skus = [
    ...new Set(found.flatMap(({ resolution }) => ('sku' in resolution ? [resolution.sku] : resolution.skus))),
  ];
  if (skus.length === 0) return null;
  const meant = found.every(({ resolution }) => 'sku' in resolution);
  return skus.length === 1 && skus[0] !== undefined
    ? { kind: 'one', sku: skus[0] }
    : { kind: 'several', skus, meant };
};

/** 0 for the first; beyond the list is nothing. */
const placeIn = (spelled: string, plain: string, length: number): number | null => {
  const ordinal = ORDINALS.findIndex((pattern) => pattern.test(spelled));
  const numbered = NUMBERED.exec(plain);
  const place =
    ordinal >= 0
      ? ordinal
      : numbered
        ? Number(numbered[1] ?? numbered[2]) - 1
        : LAST.test(spelled)
          ? length - 1
          : -1;
  return place >= 0 && place < length ? place : null;
};

type Narrow = (text: string, plain: string, shown: readonly ShownItem[]) => readonly ShownItem[];

const byColour: Narrow = (text, _plain, shown) => {
  const asked = (foldSku(text).match(/\p{L}+/gu) ?? [])
    .flatMap((word) => [word, word.replace(/^(?:و|ب)?ال/, '')])
    .filter((word) => colourCodes(word));
  if (asked.length === 0) return [];
  return shown.filter(({ sku, name, nameAr }) => {
    const own = [...skuTokens(sku), ...(foldSku(`${name} ${nameAr ?? ''}`).match(/\p{L}+/gu) ?? [])];
    return asked.some((colour) => own.some((token) => sameToken(colour, token)));
  });
};

const byPrice: Narrow = (_text, plain, shown) => {
  const amounts = new Set([
    ...findAmounts(plain).map(({ amount }) => toMinor(amount)),
    ...[...plain.matchAll(/(?:the|ال|ابو)\s?(\d{2,6})(?: one)?(?![\d.,])/gu)].map(
      (match) => BigInt(match[1] ?? '0') * 100n,
    ),
  ]);
  return shown.filter((item) => {
    const price = priceOf(item);
    return price !== null && amounts.has(price);
  });
};

const priceOf = ({ price }: ShownItem): bigint | null => {
  const known = knownPrice(price ?? null);
  return known === null ? null : toMinor(known.amount);
};

const byPriceOrder: Narrow = (_text, plain, shown) => {
  const direction = CHEAPEST.test(plain) ? 1n : DEAREST.test(plain) ? -1n : null;
  const priced = shown.flatMap((item) => {
    const price = priceOf(item);
    return price === null ? [] : [{ item, price }];
  });
  if (direction === null || priced.length < 2) return [];
  const best = priced.reduce((a, b) => ((b.price - a.price) * direction < 0n ? b : a));
  return priced.filter(({ price }) => price === best.price).map(({ item }) => item);
};

const WORD_CHARS_MIN = 4;

/** A word of the name that not all of them share: "the Breeze", "the one with the headrest". */
const byName: Narrow = (_text, plain, shown) => {
  const said = new Set(
    (plain.match(/\p{L}+/gu) ?? []).map(stem).filter((word) => word.length >= WORD_CHARS_MIN),
  );
  const scores = shown.map(({ name, nameAr }) => {
    const own = new Set((fold(`${name} ${nameAr ?? ''}`).match(/\p{L}+/gu) ?? []).map(stem));
    return [...said].filter((word) => own.has(word)).length;
  });
  const best = Math.max(...scores);
  return best === 0 ? [] : shown.filter((_, i) => scores[i] === best);
};

/** Without the Arabic article and the English plural. */
const stem = (word: string): string =>
  word.replace(/^(?:و|ب|ل)?ال(?=\p{L}{3})/u, '').replace(/(?<=\p{L}{3})s$/u, '');

/** How good a product's card is, 0 to 100, and what would make it better (domain 21.2, 21.3). Pure. */

/** What the catalog knows of a product, as far as its card goes. */
export interface Card {
  readonly sku: string;
  readonly name: string;
  readonly nameAr: string | null;
  readonly description: string | null;
  readonly category: string | null;
  /** Decimal text; null: unknown. */
  readonly price: string | null;
  readonly stock: number | null;
  readonly unit: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly imageName: string | null;
}

export type CardFault = keyof typeof CARD_FAULTS;

export interface CardScore {
  readonly score: number;
  /** The costliest first. */
  readonly reasons: readonly CardFault[];
}

/** Points each fault costs, and what to do about it. The four parts of domain 21.3 weigh 40, 20, 20 and 20. */
export const CARD_FAULTS = {
  no_price: { points: 15, minimum: true, advice: 'Set a price in Inventory.' },
  no_category: { points: 10, minimum: false, advice: 'Give it a category.' },
  no_unit: { points: 5, minimum: true, advice: 'Set the unit it is sold by.' },
  no_stock: { points: 5, minimum: false, advice: 'Track its stock in Inventory.' },
  no_arabic_name: { points: 5, minimum: false, advice: 'Add an Arabic name.' },
  no_photo: { points: 20, minimum: true, advice: 'Add a photo.' },
  photo_format: {
    points: 10,
    minimum: false,
    advice: 'Replace the photo by a jpg or png: WhatsApp takes no other.',
  },
  unclear_name: { points: 5, minimum: false, advice: 'Name it in words: what it is, then the model.' },
  no_description: {
    points: 15,
    minimum: false,
    advice: 'Describe it: what it is for and what it is made of.',
  },
  short_description: { points: 8, minimum: false, advice: 'Describe it in two sentences or more.' },
  no_specs: { points: 14, minimum: false, advice: 'Fill in its attributes: material, colour, warranty.' },
  few_specs: { points: 7, minimum: false, advice: 'Fill in more attributes: three at least.' },
  no_dimensions: { points: 6, minimum: false, advice: 'State its dimensions.' },
} as const satisfies Readonly<
  Record<string, { readonly points: number; readonly minimum: boolean; readonly advice: string }>
>;

/** Below this a card is in the improvement queue (domain 21.3). */
export const GOOD_CARD = 70;

/** Domain 21.4 counts a description; two sentences are about this long, in characters. */
const LONG_DESCRIPTION = 60;
const MANY_SPECS = 3;
/** Formats a channel sends as a photo (wire/01 §2). No extension: the source does not say. */
const SENT_FORMATS: ReadonlySet<string> = new Set(['jpg', 'jpeg', 'png']);
const WORD = /\p{L}{2,}/gu;
const SIZE = /\d\s{0,2}(?:[x×*]\s{0,2}\d|cm\b|mm\b|سم|ملم)/iu;
const SIZE_NAME = /dimension|size|width|height|depth|length|diameter|مقاس|أبعاد|عرض|ارتفاع/iu;

/** A card without the minimum of domain 21.2 is never good, whatever else it has. */
export const cardScore = (card: Card): CardScore => {
  const reasons = [...fieldFaults(card), ...photoFaults(card), ...textFaults(card), ...specFaults(card)];
  const lost = reasons.reduce((sum, fault) => sum + CARD_FAULTS[fault].points, 0);
  const isBelowMinimum = reasons.some((fault) => CARD_FAULTS[fault].minimum);
  return {
    score: Math.min(100 - lost, isBelowMinimum ? GOOD_CARD - 1 : 100),
    reasons: reasons.toSorted((a, b) => CARD_FAULTS[b].points - CARD_FAULTS[a].points || (a < b ? -1 : 1)),
  };
};

export const isCardFault = (code: string): code is CardFault => Object.hasOwn(CARD_FAULTS, code);

const faults = (found: readonly (readonly [isFault: boolean, fault: CardFault])[]): readonly CardFault[] =>
  found.filter(([isFault]) => isFault).map(([, fault]) => fault);

const fieldFaults = (card: Card) =>
  faults([
    [card.price === null || !(Number(card.price) > 0), 'no_price'],
    [!card.category, 'no_category'],
    [!card.unit, 'no_unit'],
    [card.stock === null, 'no_stock'],
    [!card.nameAr, 'no_arabic_name'],
  ]);

const photoFaults = ({ imageName }: Card): readonly CardFault[] => {
  if (!imageName) return ['no_photo'];
  const extension = /\.([a-z0-9]{2,5})$/i.exec(imageName)?.[1]?.toLowerCase();
  return extension === undefined || SENT_FORMATS.has(extension) ? [] : ['photo_format'];
};

const textFaults = ({ sku, name, description }: Card): readonly CardFault[] => {
  const own = name.replaceAll(sku, ' ').match(WORD)?.length ?? 0;
  const length = description?.length ?? 0;
  return faults([
    [own < 2, 'unclear_name'],
    [length === 0, 'no_description'],
    [length > 0 && length < LONG_DESCRIPTION, 'short_description'],
  ]);
};

const specFaults = ({ name, description, attributes }: Card): readonly CardFault[] => {
  const specs = Object.entries(attributes);
  const hasSize =
    specs.some(([key, value]) => SIZE_NAME.test(key) || SIZE.test(value)) ||
    SIZE.test(name) ||
    SIZE.test(description ?? '');
  return faults([
    [specs.length === 0, 'no_specs'],
    [specs.length > 0 && specs.length < MANY_SPECS, 'few_specs'],
    [!hasSize, 'no_dimensions'],
  ]);
};

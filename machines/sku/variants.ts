/** Words that tell one variant of an article from another, and words that say nothing about which article is meant. */

const COLOUR_CODES: readonly (readonly string[])[] = [
  ['BLACK', 'BLK', 'BK', 'BL', 'B', 'اسود', 'أسود', 'سوداء', 'سودا'],
  ['WHITE', 'WHT', 'WH', 'WT', 'W', 'ابيض', 'أبيض', 'بيضاء', 'بيضا'],
  ['GREY', 'GRAY', 'GRY', 'GR', 'GY', 'G', 'رمادي', 'رمادية', 'رصاصي'],
  ['BROWN', 'BRN', 'BR', 'BN', 'بني', 'بنية'],
  ['BLUE', 'BLU', 'BL', 'BU', 'ازرق', 'أزرق', 'زرقاء'],
  ['RED', 'RD', 'R', 'احمر', 'أحمر', 'حمراء'],
  ['GREEN', 'GRN', 'GN', 'GR', 'اخضر', 'أخضر', 'خضراء'],
  ['BEIGE', 'BGE', 'BG', 'BE', 'بيج'],
  ['ORANGE', 'ORG', 'OR', 'برتقالي'],
  ['YELLOW', 'YLW', 'YL', 'Y', 'اصفر', 'أصفر'],
  ['WALNUT', 'WAL', 'WLN', 'WN', 'جوزي'],
  ['OAK', 'بلوط'],
];

const BY_WORD = new Map<string, ReadonlySet<string>>();
for (const codes of COLOUR_CODES) {
  for (const word of codes) {
    // Only full words ask for a colour; a one-letter code in a question is itself.
    if (word.length >= 3 && !BY_WORD.has(word)) BY_WORD.set(word, new Set(codes));
  }
}

/** The codes a colour word may have inside a SKU, the word included; `undefined` for other words. */
export const colourCodes = (token: string): ReadonlySet<string> | undefined => BY_WORD.get(token);

/** A token of a question and a token of a SKU are one: equal, or the colour and its code. */
export const sameToken = (asked: string, own: string): boolean =>
  asked === own || (colourCodes(asked)?.has(own) ?? false);

const NOISE = new Set(
  `CHAIR CHAIRS DESK DESKS TABLE TABLES SOFA SOFAS CABINET CABINETS OFFICE SKU MODEL CODE ITEM ARTICLE NUMBER NO REF PRODUCT
  THE A AN FOR OF IN WITH PCS PC PIECE PIECES UNIT UNITS PRICE STOCK PLEASE COLOR COLOUR
  كرسي كراسي مكتب مكاتب طاولة طاولات كنبة خزانة موديل رقم كود منتج سعر لون`.split(/\s+/),
);

/** "chair CH-616": the noun does not tell which row. Variant words (colours, NEW) are never noise (lesson F-12). */
export const isNoise = (token: string): boolean => NOISE.has(token);

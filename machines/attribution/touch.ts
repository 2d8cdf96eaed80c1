/**
 * Where a customer came from, as far as the message says it (domain 11.6, 11.7). WhatsApp and Wazzup tell nothing of it
 * (wire/01 §5.3): the shop's links and advertisements put it into the text that the customer sends, as a link with
 * `utm_…` in it or as `utm_source=…` words. Pure.
 */

export interface Attribution {
  readonly source?: string;
  readonly medium?: string;
  readonly campaign?: string;
  readonly content?: string;
  readonly term?: string;
  readonly gclid?: string;
  readonly adId?: string;
  readonly adName?: string;
  readonly adGroup?: string;
  readonly promoCode?: string;
}

const KEYS: ReadonlyMap<string, keyof Attribution> = new Map([
  ['utm_source', 'source'],
  ['utm_medium', 'medium'],
  ['utm_campaign', 'campaign'],
  ['utm_content', 'content'],
  ['utm_term', 'term'],
  ['gclid', 'gclid'],
  ['ad_id', 'adId'],
  ['ad_name', 'adName'],
  ['adgroup', 'adGroup'],
  ['ad_group', 'adGroup'],
  ['promo', 'promoCode'],
  ['promo_code', 'promoCode'],
]);

const PAIR = /(?<![\w%])([a-z_]{5,12})=([^\s&#<>"'()[\]{}]{1,500})/giu;
/** CRM's limit of a line of text, characters (domain 11.6). */
const VALUE_CHARS = 255;

/** What the text says of its origin; null when it says nothing. The first of several values counts. */
export const touchIn = (text: string): Attribution | null => {
  const found: Partial<Record<keyof Attribution, string>> = {};
  for (const [, name = '', written = ''] of text.matchAll(PAIR)) {
    const key = KEYS.get(name.toLowerCase());
    const value = key === undefined || found[key] !== undefined ? '' : readValue(written);
    if (key !== undefined && value !== '') found[key] = value;
  }
  return Object.keys(found).length === 0 ? null : found;
};

/** As a browser writes it; what is not is taken as it stands. A full stop or a comma after a link is the sentence's. */
const readValue = (written: string): string => {
  const plain = written.replace(/(?<![.,;!?،؛؟])[.,;!?،؛؟]+$/u, '').replaceAll('+', ' ');
  return decoded(plain)
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, VALUE_CHARS)
    .toWellFormed();
};

const decoded = (plain: string): string => {
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
};

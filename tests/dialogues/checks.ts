/** What holds for every reply of every dialogue (domain 3.7, 4.12, 9.6, 14, 16; lessons F-19 to F-25). */
import { sandboxCatalog } from '../../adapters/zoho-inventory/sandbox-catalog.ts';
import { findAmounts } from '../../machines/money/money.ts';
import type { Expected } from './dialogue.ts';

export interface Told {
  readonly text: string;
  /** Place among the assistant's replies of this dialogue, from 0. */
  readonly index: number;
  /** The customer's words so far, newest last. */
  readonly said: readonly string[];
  /** Earlier replies. */
  readonly before: readonly string[];
}

const ARABIC = /\p{Script=Arabic}/u;

export const isArabic = (text: string): boolean => ARABIC.test(text);

const LEAKS =
  /\*\*|^#{1,6} |^-{3,}$|\b(?:search_products|check_stock|search_knowledge|set_selection|update_customer|request_quote|answer_quote|hand_over|close_conversation|opt_out|record_feedback|tool_call)\b|\[repair\]|"ok":|\{\{|system prompt/m;

/** Sentences in broken English or Arabic are none of these; each fault is one sentence. */
export const faultsOf = (told: Told, expected: Expected, language: 'en' | 'ar'): readonly string[] => [
  ...(told.text.trim() === '' ? ['it is empty'] : []),
  ...(LEAKS.test(told.text) ? ['it shows internal text or raw marks'] : []),
  ...wrongLanguage(told.text, expected.language ?? language),
  ...tooManyQuestions(told),
  ...untrueAmounts(told, expected.amounts ?? []),
  ...(told.before.includes(told.text) && !isFile(told.text)
    ? ['it repeats an earlier reply word for word']
    : []),
  ...(expected.has ?? []).filter((part) => !found(told.text, part)).map((part) => `it lacks ${String(part)}`),
  ...(expected.lacks ?? []).filter((part) => found(told.text, part)).map((part) => `it has ${String(part)}`),
];

/** A picture or a paper stands for itself in the list of what was told. */
const isFile = (text: string): boolean => /^\[\w+\]$/.test(text);

const found = (text: string, part: string | RegExp): boolean =>
  typeof part === 'string' ? text.includes(part) : part.test(text);

/** Seven SKUs of the catalog begin with letters that only look Latin (domain 12.11). */
const withoutSkus = (text: string): string =>
  sandboxCatalog.reduce((rest, { sku }) => rest.replaceAll(sku, ''), text);

const wrongLanguage = (text: string, language: 'en' | 'ar'): readonly string[] => {
  const plain = withoutSkus(text);
  if (/[\u0400-\u04ff]/.test(plain)) return ['it holds Cyrillic'];
  if (language === 'en') return isArabic(plain) ? ['an English reply holds Arabic (domain 16.3)'] : [];
  return isArabic(plain) ? [] : ['an Arabic reply holds no Arabic (domain 16.3)'];
};

/** Domain 3.7: one question in the first reply, two in a later one. */
const tooManyQuestions = ({ text, index }: Told): readonly string[] => {
  const count = text.match(/[?؟]/g)?.length ?? 0;
  const limit = index === 0 ? 1 : 2;
  return count > limit ? [`it asks ${count} questions`] : [];
};

const PRICES: readonly number[] = sandboxCatalog.flatMap(({ price }) =>
  price === null ? [] : [Number(price)],
);

/** Number words that customers of these dialogues use. */
const WORDS: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  eight: 8,
  ten: 10,
  dozen: 12,
  twelve: 12,
  twenty: 20,
  اثنين: 2,
  ثلاثة: 3,
  أربعة: 4,
  خمسة: 5,
  ستة: 6,
  عشرة: 10,
};

const numbersIn = (texts: readonly string[]): readonly number[] => {
  const text = texts.join('\n').replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
  const digits = (text.match(/\d+(?:\.\d+)?/g) ?? []).map(Number);
  const words = Object.entries(WORDS).flatMap(([word, value]) =>
    text.toLowerCase().includes(word) ? [value] : [],
  );
  return [...digits, ...words];
};

const cents = (amount: number): number => Math.round(amount * 100);

/**
 * An amount is true when it is a catalog price, a price times a number that the customer said, a sum of two or three of
 * those, or a number that the customer named.
 */
const untrueAmounts = ({ text, said }: Told, extra: readonly string[]): readonly string[] => {
  const numbers = numbersIn(said);
  const lines = [...PRICES, ...PRICES.flatMap((price) => numbers.map((number) => price * number))].map(cents);
  const single = new Set([...lines, ...numbers.map(cents), ...extra.map(Number).map(cents)]);
  return findAmounts(text)
    .map(({ amount }) => amount)
    .filter((amount) => !single.has(cents(Number(amount))) && !isSum(cents(Number(amount)), single))
    .map((amount) => `the amount ${amount} is nobody's`);
};

const isSum = (amount: number, parts: ReadonlySet<number>): boolean => {
  for (const one of parts) {
    if (parts.has(amount - one)) return true;
  }
  return false;
};

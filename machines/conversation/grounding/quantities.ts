/** Quantities told back to the customer: those of the selection, and the people they named (lesson F-03, F-09). */
import { words } from '../../language/words.ts';
import type { Check } from './check.ts';
import type { Fault } from './fault.ts';
import type { Known } from './known.ts';
import type { Reply, Said } from './reply.ts';

const SELECTION = words(
  "your (?:selection|order|list|basket)|you(?:'ve| have)? (?:selected|chosen|ordered|picked)|(?:i|we)(?:'ve| have)? (?:noted|written down|put down|changed|updated|added|set)",
  ['سجلت', 'طلبك', 'طلبكم', 'اختيارك', 'اخترت', 'دونت'],
);
const THING =
  '(?:x|×|\\*|pcs|pieces?|units?|chairs?|desks?|tables?|sofas?|cabinets?|pods?|§|of §|قطعه|قطع|كرسي|كراسي|مكتب|مكاتب|طاوله|طاولات|حبه|من §)';
const COUNTED = new RegExp(`(?<![\\p{L}\\p{N}.,-])[وبل]?(\\d{1,5})\\s{0,2}${THING}(?![\\p{L}])`, 'giu');
const AFTER_NAME = /§\)?\s{0,2}[:x×*-]\s{0,2}(\d{1,5})(?![\d.,]*\d|\s?(?:aed|dhs?|درهم|%))/giu;
/** "your 12 people", "the twelve of you". */
const THEIR_PEOPLE =
  /(?:your|the) (?:team of )?(\d{1,5}) (?:people|persons|employees|colleagues|staff|team members|guests|users)|(?:موظفيكم|فريقكم) (?:ال)?(\d{1,5})/giu;

export const wrongQuantities: Check = (reply, known) => [
  ...ofSelection(reply, known),
  ...ofPeople(reply, known),
];

/** The sentence that tells a selection, and the list under it. */
const ofSelection = (reply: Reply, known: Known): readonly Fault[] => {
  const faults: Fault[] = [];
  let telling = false;
  for (const said of reply.sentences) {
    const item = /^[-*•]|^\d{1,2}[.)]/.test(said.text);
    telling = (SELECTION.test(said.plain) && !said.question) || (telling && item);
    if (telling && !said.quoted) {
      faults.push(
        ...wrongCounts(said, known).map((problem) => ({
          family: 'quantity' as const,
          problem,
          sentence: said.index,
        })),
      );
    }
  }
  return faults;
};

const wrongCounts = (said: Said, known: Known): readonly string[] => {
  const counts = [...said.unnamed.matchAll(COUNTED), ...said.unnamed.matchAll(AFTER_NAME)].map((match) =>
    Number(match[1]),
  );
  const [product] = said.products;
  if (product && said.products.length === 1) {
    const line = known.lines.find(({ sku }) => sku === product.sku);
    if (counts.length === 0) return [];
    if (!line)
      return [
        `${product.sku} is not in the selection; call set_selection first, or do not say that it is noted.`,
      ];
    return counts
      .filter((count) => count !== line.quantity)
      .map((count) => `The selection holds ${line.quantity} of ${product.sku}, not ${count}.`);
  }
  const quantities = known.lines.map(({ quantity }) => quantity);
  const pieces = /pcs|piece|item|unit|قطع/.test(said.plain)
    ? [quantities.reduce((sum, quantity) => sum + quantity, 0)]
    : [];
  const held = new Set([...quantities, ...pieces]);
  return counts
    .filter((count) => !held.has(count))
    .map(
      (count) =>
        `The selection does not hold ${count} of anything; say what it holds, or call set_selection first.`,
    );
};

const ofPeople = (reply: Reply, known: Known): readonly Fault[] =>
  reply.sentences.flatMap((said) =>
    [...said.plain.matchAll(THEIR_PEOPLE)]
      .map((match) => Number(match[1] ?? match[2]))
      .filter((count) => !known.counts.has(count))
      .map((count) => ({
        family: 'quantity' as const,
        problem: `The customer did not speak of ${count} people.`,
        sentence: said.index,
      })),
  );

/** The sandbox's model summarises a dialogue: a plausible paragraph out of what the lines hold, in plain English. */
import type { Asked, Move } from './salesperson/salesperson.ts';

const THINGS =
  /\b(?:chairs?|desks?|tables?|workstations?|sofas?|cabinets?|lockers?|pods?|reception|storage|pedestals?)\b/gi;
const ARTICLES = /\b[A-Z]{2,4}-?\d{2,4}(?:-[A-Z0-9]{1,4})*\b/g;
const QUOTE_CHARS = 160;

/** The dialogue is the user's message: `Customer: …`, `Assistant: …`, `Colleague: …`, one a line. */
export const summarised = (asked: Asked): Move => {
  const text = asked.messages
    .flatMap(({ role, content }) => (role === 'user' ? [content ?? ''] : []))
    .join('\n');
  const customer = text
    .split('\n')
    .flatMap((line) => (line.startsWith('Customer: ') ? [line.slice(10)] : []));
  const things = unique(customer.join(' ').match(THINGS) ?? []);
  const articles = unique(text.match(ARTICLES) ?? []).slice(0, 4);
  // A careless model quotes; what must not be kept has to be taken out of any answer.
  const quoted = customer.find((line) => /^[\p{Script=Latin}\p{P}\p{N}\p{S}\s]+$/u.test(line));
  const parts = [
    `The customer wrote ${customer.length} message${customer.length === 1 ? '' : 's'}`,
    things.length === 0 ? 'about furniture for an office.' : `about ${things.join(', ').toLowerCase()}.`,
    quoted === undefined ? '' : `They began: "${quoted.slice(0, QUOTE_CHARS)}".`,
    articles.length === 0 ? 'No article was settled on.' : `Articles named: ${articles.join(', ')}.`,
    'Nothing was ordered yet; the need is still open.',
  ];
  return { kind: 'say', text: parts.filter((part) => part !== '').join(' ') };
};

const unique = (words: readonly string[]): readonly string[] => [
  ...new Map(words.map((word) => [word.toLowerCase(), word])).values(),
];

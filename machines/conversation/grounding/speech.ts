/** The language of a reply, sentence by sentence, and its length (domain 16.3, 16.4; lesson F-23). */
import { languageFault } from '../../language/language.ts';
import type { Check } from './check.ts';
import type { Fault } from './fault.ts';
import type { Known } from './known.ts';

/** WhatsApp's readable length; a longer answer is a catalogue, not a reply (domain 5.19). */
const MAX_REPLY_CHARS = 3500;

export const wrongLength: Check = (reply) => {
  const of = (problem: string): readonly Fault[] => [{ family: 'length', problem, sentence: null }];
  if (reply.text.trim() === '') return of('The reply is empty.');
  return reply.text.length > MAX_REPLY_CHARS
    ? of(`The reply is longer than ${MAX_REPLY_CHARS} characters; name at most three items.`)
    : [];
};

/** Article numbers may hold letters of another script (domain 12.11); they say nothing about the reply's language. */
const withoutNumbers = (text: string, known: Known): string =>
  [...known.products, ...known.lines].reduce((rest, { sku }) => rest.replaceAll(sku, ''), text);

export const wrongLanguage: Check = (reply, known) => {
  const name = known.language === 'ar' ? 'Arabic' : 'English';
  const problem = `The reply must be in ${name} only.`;
  if (languageFault(withoutNumbers(reply.text, known), known.language) === null) return [];
  const faults = reply.sentences
    .filter((said) => languageFault(withoutNumbers(said.text, known), known.language) !== null)
    .map((said): Fault => ({ family: 'language', problem, sentence: said.index }));
  return faults.length > 0 ? faults : [{ family: 'language', problem, sentence: null }];
};

/**
 * What remains of a refused reply when only its false sentences are taken out (domain 14, lesson F-20: a guard may not
 * reduce an answer below a meaningful minimum). `null` when too little remains, or when what remains is not true either.
 */

import { fold } from '../../language/fold.ts';
import { sentencesOf } from '../../language/sentences.ts';
import { words } from '../../language/words.ts';
import type { GroundingFacts } from './facts.ts';
import { findFaults } from './ground.ts';

/** At least this much of the reply must stand, and so many letters, for it to be an answer. */
const MIN_SHARE = 0.4;
const MIN_LETTERS = 40;

/** A sentence that leans on the one before it: without that it says something else. */
const LEANS = words(
  "^(?:it|its|it's|this|that|that's|these|those|they|them|so|then|therefore|but|however|which|both|for that|in that case|also)",
  ['=هذا', '=هذه', '=وهذا', '=وهذه', '=وهو', '=وهي', '=لذلك', '=لكن', '=ايضا', '=كلاهما'],
);
const GREETS = words(
  "^(?:hello|hi|hey|good (?:morning|afternoon|evening)|thank you|thanks|welcome|great|sure|i'?m noor|my name)",
  ['=مرحبا', 'أهلا', 'شكرا', '=حسنا', 'أنا نور', 'السلام عليكم'],
);
const ITEM = /^\s*(?:[-*•]|\d{1,2}[.)])\s/;

export const salvage = (text: string, facts: GroundingFacts): string | null => {
  const faults = findFaults(text, facts);
  if (faults.length === 0) return text;
  if (faults.some(({ sentence }) => sentence === null)) return null;
  const kept = keptLines(text, new Set(faults.flatMap(({ sentence }) => sentence ?? [])));
  const rest = withoutEmptyHeadings(kept)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return isMeaningful(rest, text) && findFaults(rest, facts).length === 0 ? rest : null;
};

/** The text's lines without the false sentences; an item of a list stands or falls as a whole. */
const keptLines = (text: string, wrong: ReadonlySet<number>): readonly string[] => {
  const sentences = sentencesOf(text).map((sentence, index) => ({ ...sentence, index }));
  let number = 0;
  return text.split('\n').flatMap((line, at) => {
    const own = sentences.filter((sentence) => sentence.line === at);
    if (own.length === 0) return [line];
    if (!own.some(({ index }) => wrong.has(index))) {
      if (!/^\s*\d{1,2}[.)]\s/.test(line)) return [line];
      number++;
      return [line.replace(/\d{1,2}/, String(number))];
    }
    if (ITEM.test(line)) return [];
    let dropped = false;
    const left = own.filter((sentence) => {
      dropped = wrong.has(sentence.index) || (dropped && LEANS.test(fold(sentence.text)));
      return !dropped;
    });
    return left.length === 0 ? [] : [left.map((sentence) => sentence.text).join(' ')];
  });
};

/** "Here are two chairs:" without a chair under it says nothing. */
const withoutEmptyHeadings = (lines: readonly string[]): readonly string[] =>
  lines.filter(
    (line, i) =>
      !/[:：]\s*$/.test(line) ||
      lines
        .slice(i + 1)
        .find((next) => next.trim() !== '')
        ?.match(ITEM) != null,
  );

const lettersIn = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;

/** More than a greeting and a question: something of the answer still stands. */
const isMeaningful = (rest: string, whole: string): boolean => {
  const letters = lettersIn(rest);
  if (letters < MIN_LETTERS || letters < lettersIn(whole) * MIN_SHARE) return false;
  return sentencesOf(rest).some(
    ({ text }) => !/[?؟]/.test(text) && !GREETS.test(fold(text)) && lettersIn(text) >= 15,
  );
};

/** What every check of a reply is: a pure question to the sentences and the facts. */
import type { Family, Fault } from './fault.ts';
import type { Known } from './known.ts';
import { isDeferred, isDenied } from './mood.ts';
import type { Reply, Said } from './reply.ts';

export type Check = (reply: Reply, known: Known) => readonly Fault[];

/** A check of one sentence: the problems in it. Sentences that stand in an article are true. */
export const eachSentence =
  (family: Family, problemsOf: (said: Said, known: Known, reply: Reply) => readonly string[]): Check =>
  (reply, known) =>
    reply.sentences
      .filter((said) => !said.quoted)
      .flatMap((said) =>
        problemsOf(said, known, reply).map((problem) => ({ family, problem, sentence: said.index })),
      );

/** Whether the sentence states what the pattern matches: it neither asks, denies, nor leaves it to somebody. */
export const states = (said: Said, pattern: RegExp): boolean => {
  const at = said.plain.search(pattern);
  return at >= 0 && !said.question && !isDenied(said.plain, at) && !isDeferred(said.plain);
};

/** The same, whoever decides. */
export const statesFirmly = (said: Said, pattern: RegExp): boolean => {
  const at = said.plain.search(pattern);
  return at >= 0 && !said.question && !isDenied(said.plain, at);
};

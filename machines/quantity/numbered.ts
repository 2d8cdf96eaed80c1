/** "3. No\n4. For office": answers to numbered questions, never products (lesson F-13). */
import { toAsciiDigits } from '../language/digits.ts';

export interface NumberedAnswer {
  /** The number in front of it, from 1. */
  readonly number: number;
  readonly answer: string;
}

/** Questions of one message at most. */
const MAX_NUMBER = 20;

/** The answers when at least two lines are numbered, or one is and the message is that line; otherwise none. */
export const readNumberedAnswers = (text: string): readonly NumberedAnswer[] => {
  const lines = toAsciiDigits(text)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const answers = lines.flatMap((line) => {
    const match = /^\s{0,4}(\d{1,2})\s?[.):-]\s{1,3}(\S.{0,300})$/u.exec(line);
    const number = Number(match?.[1]);
    return match && number >= 1 && number <= MAX_NUMBER ? [{ number, answer: (match[2] ?? '').trim() }] : [];
  });
  return answers.length >= 2 || answers.length === lines.length ? answers : [];
};

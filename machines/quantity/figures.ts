/** A text with every number in ASCII digits, spelled-out ones included. */
import { toAsciiDigits } from '../language/digits.ts';
import { digitsForDuals, digitsForWords } from './number-words.ts';

/** "خمسة وعشرين", "٢٥" and "twenty five" as 25. The length may change; the case stays. */
export const withFigures = (text: string): string => digitsForWords(digitsForDuals(toAsciiDigits(text)));

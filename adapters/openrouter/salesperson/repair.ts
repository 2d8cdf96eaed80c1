/** Answers a `[repair]` instruction: the same reply without what was refused. Pure. */
import type { Language } from './move.ts';
import { phrase } from './phrases.ts';
import { foldDigits } from './text.ts';

/** What an instruction names: quoted words, figures and SKUs. */
const namedIn = (instruction: string): readonly string[] => {
  const text = foldDigits(instruction);
  const quoted = [...text.matchAll(/["“«'‘]([^"”»'’\n]{2,120})["”»'’]/g)].map((match) => match[1] ?? '');
  const figures = [...text.matchAll(/(?<![\p{L}\p{N}.])(?:\p{L}{1,6}-?)?\d[\d.,-]*(?:-\p{L}+)*/gu)].map(
    ([figure]) => figure.replace(/(?<![.,-])[.,-]+$/, ''),
  );
  return [...quoted, ...figures].map((part) => part.trim()).filter((part) => part !== '');
};

const holds = (line: string, part: string): boolean => {
  const at = line.toLowerCase().indexOf(part.toLowerCase());
  if (at === -1) return false;
  const alone = (char: string | undefined) => char === undefined || !/[\p{L}\p{N}]/u.test(char);
  return alone(line[at - 1]) && alone(line[at + part.length]);
};

/** Drops the lines that hold a refused claim; when nothing is left, asks instead of claiming. */
export const repaired = (text: string, instruction: string, language: Language): string => {
  const refused = namedIn(instruction);
  const blocks = text.split('\n\n').map((block) =>
    block
      .split('\n')
      .filter((line) => !refused.some((part) => holds(foldDigits(line), part)))
      .join('\n'),
  );
  const kept = blocks.filter((block) => block.trim() !== '' && !/^[^\n]*[:：]$/.test(block.trim()));
  if (kept.length > 0) return kept.join('\n\n');
  return `${phrase('exact', language)} ${phrase('needQuestion', language)}`;
};

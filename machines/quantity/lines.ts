/** Which articles a customer wants and how many of each: "4 of CH-616 and 2 pcs of 9719-5", "CH-616 x 4". */
import { type FoundSku, findSkus } from '../sku/find-skus.ts';
import type { SkuIndex } from '../sku/sku-index.ts';
import { readQuantities } from './quantity.ts';

export interface WantedLine {
  /** Exact, unique or ambiguous: ask about the last, never pick (domain 12.11). */
  readonly resolution: FoundSku['resolution'];
  /** As the customer wrote it. */
  readonly raw: string;
  /** Null: not said; ask. */
  readonly quantity: number | null;
}

/** A piece of text that stands for the article number while its neighbours are read. */
const HERE = ' items ';

/** The articles in order of appearance. A quantity belongs to the article beside it, the one before it first. */
export const readLines = (text: string, index: SkuIndex): readonly WantedLine[] => {
  const skus = findSkus(text, index);
  const taken = new Set<number>();
  const each = readQuantities(without(text, skus), false).find((quantity) => quantity.each)?.count ?? null;
  return skus.map((found, i) => {
    const end = found.index + found.raw.length;
    const previous = skus[i - 1];
    const from = previous ? previous.index + previous.raw.length : 0;
    const before = afterLastBreak(text.slice(from, found.index));
    const next = skus[i + 1];
    const rest = text.slice(end, next?.index ?? text.length);
    // "CH-616, ten pieces": a comma before the last article's quantity ends nothing.
    const after = beforeBreak(next ? rest : rest.replace(/^\s{0,2}[,،]\s{0,2}/u, ' '));
    const left =
      taken.has(i - 1) && !/[,،;؛\n]|and|و/iu.test(text.slice(from, found.index))
        ? []
        : readQuantities(before + HERE, false);
    const right =
      left.length > 0 ? [] : readQuantities(`${after}`, false).filter(({ how }) => how !== 'bare');
    const bare = left.length > 0 || right.length > 0 ? null : bareAfter(after);
    if (right.length > 0) taken.add(i);
    return {
      resolution: found.resolution,
      raw: found.raw,
      quantity: left.at(-1)?.count ?? right[0]?.count ?? bare ?? each,
    };
  });
};

/** "CH-616: 6", "CH-616 - 6": a number that the line ends with. */
const bareAfter = (after: string): number | null => {
  const match = /^\s{0,3}[:=,x×*-]?\s{0,3}(\d{1,5})\s{0,3}(?:$|[.;،,)])/u.exec(after.normalize('NFKC'));
  return match ? Number(match[1]) : null;
};

const without = (text: string, skus: readonly FoundSku[]): string =>
  [...skus].reduceRight(
    (rest, { index, raw }) => rest.slice(0, index) + HERE + rest.slice(index + raw.length),
    text,
  );

const afterLastBreak = (text: string): string => text.split(/[\n;؛]|[.!?؟](?=\s)/u).at(-1) ?? '';
const beforeBreak = (text: string): string =>
  text.split(/[\n;؛،]|,(?=\s)|[.!?؟](?=\s|$)|\s(?:and|و)\s/u)[0] ?? '';

/** Which articles' photos follow the reply: only of articles that it names, and only when they were asked for (domain 12.14, lesson F-18). */
import { normaliseSku } from '../sku/sku.ts';
import type { ConversationContext } from './context.ts';

/** Domain 12.14: one primary and up to six more. */
export const PHOTOS_PER_REPLY = 7;

interface Article {
  readonly sku: string;
  readonly names: readonly string[];
}

/** What this turn's tools and the selection are about. */
const articlesOf = ({ turn, order }: ConversationContext): readonly Article[] => [
  ...[...turn.evidence.briefedProducts, ...turn.evidence.products].map(({ sku, name, nameAr }) => ({
    sku,
    names: nameAr === null ? [name] : [name, nameAr],
  })),
  ...order.lines.map(({ sku, name }) => ({ sku, names: [name] })),
];

/** The articles among `written` that this turn knows, by their own SKUs, each once. */
export const knownArticles = (
  context: ConversationContext,
  written: readonly string[],
): readonly string[] => {
  const wanted = new Set(written.map(normaliseSku));
  const known = articlesOf(context).filter(({ sku }) => wanted.has(normaliseSku(sku)));
  return [...new Set(known.map(({ sku }) => sku))].slice(0, PHOTOS_PER_REPLY);
};

/** Of the wanted articles those that the reply names, by SKU or by name. */
export const photosAfter = (context: ConversationContext): readonly string[] => {
  const wanted = new Set(context.turn.photos ?? []);
  if (wanted.size === 0) return [];
  const reply = context.turn.reply ?? '';
  const [plain, lower] = [normaliseSku(reply), reply.toLowerCase()];
  const named = articlesOf(context).filter(
    ({ sku, names }) =>
      wanted.has(sku) &&
      (plain.includes(normaliseSku(sku)) || names.some((name) => lower.includes(name.toLowerCase()))),
  );
  return [...new Set(named.map(({ sku }) => sku))];
};

/**
 * What a tool's result should recommend (domain 12.8, 13): alternatives where an article is missing, out of stock, dearer
 * than the customer's limit or too few; one complement to a choice. A recommendation that fails costs the answer nothing.
 */
import { Effect } from 'effect';
import type { ToolResult } from '../../machines/conversation/actors.ts';
import type { EvidenceProduct, ParsedCall } from '../../machines/conversation/context.ts';
import { findBudget } from '../../machines/money/budget.ts';
import { compare, money } from '../../machines/money/money.ts';
import type { Need } from '../../machines/recommendations/alternatives.ts';
import type { ProposedAlternative, Recommended } from '../../machines/recommendations/recommended.ts';
import { shortageOf } from '../../machines/recommendations/shortage.ts';
import { Catalog } from '../catalog/catalog.ts';
import { aboveLimit, alternativesTo, complementOf } from '../catalog/recommend.ts';

/** Alternatives of one answer, whatever the number of articles that are short. */
const ALTERNATIVES_PER_ANSWER = 6;
/** What was asked is known already: the answer waits this long for what was not asked. */
const PATIENCE_MS = 3500;

/** The result with its recommendations; as it was when there are none. */
export const withRecommendations = Effect.fn('withRecommendations')(function* (
  call: ParsedCall,
  result: ToolResult,
) {
  const recommended = yield* recommend(call, result).pipe(
    Effect.timeoutOrElse({ duration: PATIENCE_MS, orElse: () => Effect.succeed<Recommended>({}) }),
    Effect.catch((error) =>
      Effect.logWarning('Nothing could be recommended').pipe(
        Effect.annotateLogs({ tool: call.name, reason: error._tag }),
        Effect.as({} satisfies Recommended),
      ),
    ),
  );
  const given: ToolResult = Object.keys(recommended).length === 0 ? result : { ...result, recommended };
  return given;
});

const recommend = (call: ParsedCall, result: ToolResult) => {
  switch (result.tool) {
    case 'products':
      return forSearch(call.args, result.products);
    case 'stock':
      return forArticle(result.product.sku, result.product, ANY);
    case 'selection':
      return forSelection(result.lines, result.products);
    case 'refused':
      return result.unavailable === undefined
        ? Effect.succeed<Recommended>({})
        : forArticle(result.unavailable, null, ANY);
    default:
      return Effect.succeed<Recommended>({});
  }
};

const ANY: Need = { quantity: null, maxPrice: null };

/** For a search that names one article, or that found nothing within a limit: any other search is a choice already. */
const forSearch = Effect.fnUntraced(function* (
  args: ParsedCall['args'],
  products: readonly EvidenceProduct[],
) {
  const query = String(args.query);
  const named = yield* (yield* Catalog).resolve(query);
  const limit = typeof args.max_price === 'number' ? args.max_price.toFixed(2) : findBudget(query)?.amount;
  if (named.kind === 'none' || named.kind === 'ambiguous') {
    const dearer = products.length === 0 && limit !== undefined ? yield* aboveLimit(query, limit) : [];
    return dearer.length === 0 ? {} : { alternatives: dearer };
  }
  const live = products.find(({ sku }) => sku === named.sku) ?? null;
  return yield* forArticle(named.sku, live, { quantity: null, maxPrice: limit ?? null });
});

/** `live` null: Inventory does not sell it now. */
const forArticle = Effect.fnUntraced(function* (sku: string, live: EvidenceProduct | null, need: Need) {
  if (live !== null && !isOutOfReach(live, need)) return {};
  const found = yield* alternatives([{ sku, live, need }]);
  return found.length === 0 ? {} : { alternatives: found };
});

const isOutOfReach = ({ price, stock, currency }: EvidenceProduct, { quantity, maxPrice }: Need): boolean =>
  price === null ||
  (stock !== null && stock < (quantity ?? 1)) ||
  (maxPrice !== null && compare(money(price, currency), money(maxPrice, currency)) > 0);

const forSelection = Effect.fnUntraced(function* (
  lines: Extract<ToolResult, { tool: 'selection' }>['lines'],
  products: readonly EvidenceProduct[],
) {
  const bySku = new Map(products.map((product) => [product.sku, product]));
  const shortages = lines.flatMap(({ sku, quantity }) => {
    const shortage = shortageOf(sku, bySku.get(sku)?.stock ?? null, quantity);
    return shortage === null ? [] : [shortage];
  });
  const found = yield* alternatives(
    shortages.map(({ sku, asked }) => ({
      sku,
      live: bySku.get(sku) ?? null,
      need: { quantity: asked, maxPrice: null },
    })),
  );
  // Who hears that something is short is not sold something else in the same breath.
  const complement =
    shortages.length > 0
      ? null
      : yield* complementOf(
          lines.map(({ sku, name, quantity }) => ({
            sku,
            name,
            category: bySku.get(sku)?.category ?? null,
            quantity,
          })),
        );
  return {
    ...(shortages.length === 0 ? {} : { shortages }),
    ...(found.length === 0 ? {} : { alternatives: found }),
    ...(complement === null ? {} : { complement }),
  } satisfies Recommended;
});

interface Wanted {
  readonly sku: string;
  readonly live: EvidenceProduct | null;
  readonly need: Need;
}

const alternatives = Effect.fnUntraced(function* (wanted: readonly Wanted[]) {
  const rows = yield* (yield* Catalog).bySkus(wanted.map(({ sku }) => sku));
  const found: ProposedAlternative[] = [];
  for (const { sku, live, need } of wanted) {
    const product = rows.find((row) => row.sku === sku);
    if (product && found.length < ALTERNATIVES_PER_ANSWER)
      found.push(...(yield* alternativesTo(product, live, need)));
  }
  return found.slice(0, ALTERNATIVES_PER_ANSWER);
});

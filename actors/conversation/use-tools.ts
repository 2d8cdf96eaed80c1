/**
 * Runs the read tools of one step side by side. It only gathers facts: slots, selection and hand-over are changed by the
 * statechart. A tool that fails answers so, and the others are not lost.
 */
import { Effect } from 'effect';
import type { ToolResult, UseToolsInput, UseToolsOutput } from '../../machines/conversation/actors.ts';
import type {
  EvidenceProduct,
  Language,
  OrderLine,
  ParsedCall,
} from '../../machines/conversation/context.ts';
import { isSelection } from '../../machines/conversation/tools/set-selection.ts';
import { readsOutside } from '../../machines/conversation/tools/tools.ts';
import { knownPrice, multiply } from '../../machines/money/money.ts';
import { codeIn } from '../../machines/referral/code.ts';
import { Catalog, type Product } from '../catalog/catalog.ts';
import { Knowledge } from '../knowledge/knowledge.ts';
import { Referrals } from '../referral/referrals.ts';
import { tellGone } from './gone-article.ts';
import { LiveProducts } from './live-products.ts';
import { readOrders } from './order-status.ts';
import { withRecommendations } from './recommending.ts';

const SEARCH_LIMIT = 5;
const ARTICLES = 3;

export const useTools = Effect.fn('useTools')(function* (input: UseToolsInput) {
  const results = yield* Effect.forEach(
    input.calls.filter((call) => readsOutside(call.name)),
    (call) =>
      runTool(call, input).pipe(
        Effect.flatMap((result) => withRecommendations(call, result)),
        Effect.catch((error) =>
          Effect.logWarning('A tool could not be used').pipe(
            Effect.annotateLogs({ tool: call.name, reason: error._tag }),
            Effect.as<ToolResult>({
              tool: 'refused',
              reason: 'This cannot be checked right now; do not guess it.',
            }),
          ),
        ),
        Effect.map((result) => ({ id: call.id, name: call.name, result })),
      ),
    { concurrency: 'unbounded' },
  );
  return { results } satisfies UseToolsOutput;
});

const runTool = Effect.fnUntraced(function* (call: ParsedCall, input: UseToolsInput) {
  const { language, orders } = input;
  switch (call.name) {
    case 'search_products':
      return yield* searchProducts(call.args, language);
    case 'check_stock':
      return yield* checkStock(String(call.args.sku));
    case 'set_selection':
      return yield* priceSelection(call.args.items);
    case 'referral_code':
    case 'use_referral_code':
      return yield* refer(call, input);
    case 'order_status':
      if (!orders)
        return { tool: 'refused', reason: 'Orders cannot be looked up here.' } satisfies ToolResult;
      return yield* readOrders(
        orders,
        typeof call.args.order_number === 'string' ? call.args.order_number : null,
        language,
      );
    default:
      return yield* searchKnowledge(String(call.args.query), language);
  }
});

/** The statechart offers these only with an approved policy (domain 19.2). */
const refer = Effect.fnUntraced(function* (call: ParsedCall, { conversationId, referral }: UseToolsInput) {
  if (!referral)
    return { tool: 'refused', reason: 'There is no referral programme now.' } satisfies ToolResult;
  const referrals = yield* Referrals;
  if (call.name === 'referral_code') {
    return { tool: 'referral', ...(yield* referrals.give(conversationId, referral)) } satisfies ToolResult;
  }
  const code = codeIn(String(call.args.code)) ?? '';
  if (!referral.isNewcomer) {
    return { tool: 'referral_used', code, outcome: 'not_new', percent: '0' } satisfies ToolResult;
  }
  return { tool: 'referral_used', ...(yield* referrals.use(conversationId, code)) } satisfies ToolResult;
});

const searchProducts = Effect.fnUntraced(function* (args: ParsedCall['args'], language: Language) {
  const catalog = yield* Catalog;
  const live = yield* LiveProducts;
  const hits = yield* catalog.search({
    query: String(args.query),
    language,
    limit: Math.min(typeof args.limit === 'number' ? args.limit : SEARCH_LIMIT, SEARCH_LIMIT),
    ...(typeof args.category === 'string' ? { category: args.category } : {}),
    ...(typeof args.max_price === 'number' ? { maxPrice: args.max_price.toFixed(2) } : {}),
    ...(args.in_stock === true ? { inStock: true } : {}),
  });
  const products = yield* live.refresh(hits);
  return { tool: 'products', products } satisfies ToolResult;
});

const searchKnowledge = Effect.fnUntraced(function* (query: string, language: Language) {
  const knowledge = yield* Knowledge;
  const articles = yield* knowledge.search(query, language, ARTICLES);
  return {
    tool: 'knowledge',
    articles: articles.map(({ id, title, body }) => ({ id, title, body })),
  } satisfies ToolResult;
});

const checkStock = Effect.fnUntraced(function* (sku: string) {
  const found = yield* resolve(sku);
  if (found.kind === 'refused') return found.result;
  const live = yield* LiveProducts;
  const product = yield* live.exact(found.product);
  if (!product) return yield* unavailable(found.product);
  return { tool: 'stock', product } satisfies ToolResult;
});

type Resolved =
  | { readonly kind: 'found'; readonly product: Product }
  | { readonly kind: 'refused'; readonly result: ToolResult };

/** One article, or the reason why not: several variants are asked about, never picked (domain 12.11, lesson F-12). */
const resolve = Effect.fnUntraced(function* (written: string) {
  const catalog = yield* Catalog;
  const resolution = yield* catalog.resolve(written);
  const skus =
    resolution.kind === 'ambiguous' ? resolution.skus : resolution.kind === 'none' ? [] : [resolution.sku];
  const products = yield* catalog.bySkus(skus);
  const [first] = products;
  if (resolution.kind === 'ambiguous') {
    // The variants are evidence: a reply that asks which one is meant has to name them.
    const live = yield* LiveProducts;
    return refused({
      tool: 'refused',
      reason: `${written} has several variants; ask which one.`,
      written,
      ambiguous: products.map(({ sku, name }) => ({ sku, name })),
      products: yield* live.refresh(products),
    });
  }
  if (!first) {
    return refused({
      tool: 'refused',
      reason: `There is no article ${written} in the catalog.`,
      unknown: [written],
    });
  }
  return { kind: 'found', product: first } satisfies Resolved;
});

const refused = (result: ToolResult): Resolved => ({ kind: 'refused', result });

/** In our copy and not in Inventory: said to be unavailable, and the catalog's team is told (domain 9.8). */
const unavailable = (product: Product) =>
  Effect.as(tellGone(product.sku), {
    tool: 'refused',
    reason: `${product.sku} is not offered at the moment; a colleague can check it.`,
    unavailable: product.sku,
  } satisfies ToolResult);

/** Exact totals from live prices: the model never multiplies (domain 9.11). All lines are sound, or none is taken. */
const priceSelection = Effect.fnUntraced(function* (items: unknown) {
  if (!isSelection(items))
    return { tool: 'refused', reason: 'The items are not sound.' } satisfies ToolResult;
  const live = yield* LiveProducts;
  const lines: OrderLine[] = [];
  const products: EvidenceProduct[] = [];
  const unquantified: { sku: string; name: string }[] = [];
  for (const item of items) {
    const found = yield* resolve(item.sku);
    if (found.kind === 'refused') return found.result;
    const product = yield* live.exact(found.product);
    if (!product) return yield* unavailable(found.product);
    const price = knownPrice(product.price, product.currency);
    if (!price) {
      return {
        tool: 'refused',
        reason: `${product.sku} has no price in the catalog; a colleague has to give it.`,
        products: [product],
      } satisfies ToolResult;
    }
    products.push(product);
    if (item.quantity === undefined) {
      unquantified.push({ sku: product.sku, name: product.name });
      continue;
    }
    lines.push({
      sku: product.sku,
      name: product.name,
      ...(product.nameAr ? { nameAr: product.nameAr } : {}),
      quantity: item.quantity,
      unitPrice: price.amount,
      lineTotal: multiply(price, item.quantity).amount,
      currency: price.currency,
    });
  }
  return { tool: 'selection', lines: mergeLines(lines), products, unquantified } satisfies ToolResult;
});

/** One line for each article, whatever spellings were used. */
const mergeLines = (lines: readonly OrderLine[]): readonly OrderLine[] => {
  const bySku = new Map<string, OrderLine>();
  for (const line of lines) {
    const known = bySku.get(line.sku);
    const quantity = line.quantity + (known?.quantity ?? 0);
    const unit = { amount: line.unitPrice, currency: line.currency };
    bySku.set(line.sku, { ...line, quantity, lineTotal: multiply(unit, quantity).amount });
  }
  return [...bySku.values()];
};

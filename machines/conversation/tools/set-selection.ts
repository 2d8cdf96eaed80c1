import { recommendedProducts } from '../../recommendations/recommended.ts';
import type { ToolResult } from '../actors.ts';
import type { ConversationContext, OpenQuestion, Order } from '../context.ts';
import { linesForCustomer, orderOf } from '../sale/pricing.ts';
import { notFound, toldRecommended, withFound } from './found.ts';
import { type Applied, always, isText, type ReadTool, text, toolSpec } from './tool.ts';

/** Larger quantities are typing errors or attacks; nobody buys this many over a chat. */
const MAX_QUANTITY = 100_000;
/** Lines of one order at most. */
const MAX_LINES = 30;

/** Replaces what the customer wants to buy; the resolver decides what each SKU means (domain 12.11). */
export const setSelection: ReadTool = {
  kind: 'read',
  spec: toolSpec(
    'set_selection',
    'Replace what the customer wants to buy with these lines. Leave the quantity out when it is not known yet. No lines: the customer cancels the selection.',
    {
      items: {
        type: 'array',
        minItems: 0,
        maxItems: MAX_LINES,
        items: {
          type: 'object',
          properties: { sku: text('SKU'), quantity: { type: 'integer', minimum: 1 } },
          required: ['sku'],
          additionalProperties: false,
        },
      },
    },
    ['items'],
  ),
  isOffered: always,
  problem: (args) =>
    isSelection(args.items)
      ? null
      : `set_selection needs at most ${MAX_LINES} items, each with a sku and a whole quantity above zero.`,
  apply: (context, result) => {
    if (result.tool === 'selection') return selected(context, result);
    const refused = notFound(context, result);
    if (result.tool !== 'refused' || !result.ambiguous || result.ambiguous.length === 0) return refused;
    return {
      ...refused,
      update: { ...refused.update, sale: { ...context.sale, question: variantOf(context, result) } },
      raise: [{ type: 'order.selected' }],
    };
  },
};

type Selection = Extract<ToolResult, { tool: 'selection' }>;
type Refusal = Extract<ToolResult, { tool: 'refused' }>;

/** As the catalog names it in the customer's language. */
const nameOf = ({ language }: ConversationContext, { products }: Selection, line: Order['lines'][number]) =>
  (language === 'ar' ? products.find(({ sku }) => sku === line.sku)?.nameAr : null) ?? line.name;

const selected = (context: ConversationContext, result: Selection): Applied => {
  const order = orderOf(linesForCustomer(context, result.lines));
  const [first, ...rest] = result.unquantified ?? [];
  const question: OpenQuestion | null = first
    ? { kind: 'quantity', ...first, turn: context.turn.number, ...(rest.length > 0 ? { rest } : {}) }
    : null;
  return {
    update: {
      ...withFound(context, [...result.products, ...recommendedProducts(result.recommended)]),
      order,
      sale: {
        ...context.sale,
        question,
        ...(isSame(order, context.order) ? {} : { ordered: null }),
        // Nobody waits for a quotation of nothing.
        ...(order.lines.length === 0 && question === null ? { requestedAt: null, announced: false } : {}),
      },
    },
    raise: [{ type: 'order.selected' }],
    answer: {
      ok: true,
      lines: order.lines.map(({ listPrice: _, nameAr: __, ...line }) => ({
        ...line,
        name: nameOf(context, result, line),
      })),
      subtotal: order.subtotal,
      currency: order.currency,
      ...toldRecommended(context, result.recommended),
      ...(question ? { ask_quantity_of: question.sku } : {}),
    },
  };
};

/** Another selection is another order to decide about. */
const isSame = (one: Order, other: Order): boolean =>
  one.lines.length === other.lines.length &&
  one.lines.every(({ sku, quantity }) =>
    other.lines.some((line) => line.sku === sku && line.quantity === quantity),
  );

/** The question stays open until it is answered or forgotten: never a silent pick (lesson F-12). */
const variantOf = (context: ConversationContext, result: Refusal): OpenQuestion => ({
  kind: 'variant',
  written: result.written ?? '',
  options: result.ambiguous ?? [],
  turn: context.turn.number,
});

export const isSelection = (
  items: unknown,
): items is readonly { readonly sku: string; readonly quantity?: number }[] =>
  Array.isArray(items) && items.length <= MAX_LINES && items.every(isItem);

const isItem = (item: unknown): boolean => {
  if (item === null || typeof item !== 'object') return false;
  const { sku, quantity } = item as { sku?: unknown; quantity?: unknown };
  if (!isText(sku, 100)) return false;
  return (
    quantity === undefined ||
    (Number.isInteger(quantity) && Number(quantity) > 0 && Number(quantity) <= MAX_QUANTITY)
  );
};

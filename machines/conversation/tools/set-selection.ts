import { money, sum } from '../../money/money.ts';
import { recommendedAnswer, recommendedProducts } from '../../recommendations/recommended.ts';
import type { Order, OrderLine } from '../context.ts';
import { notFound, withFound } from './found.ts';
import { always, isText, type ReadTool, text, toolSpec } from './tool.ts';

/** Larger quantities are typing errors or attacks; nobody buys this many over a chat. */
const MAX_QUANTITY = 100_000;
/** Lines of one order at most. */
const MAX_LINES = 30;

/** Replaces what the customer wants to buy; the resolver decides what each SKU means (domain 12.11). */
export const setSelection: ReadTool = {
  kind: 'read',
  spec: toolSpec(
    'set_selection',
    'Replace what the customer wants to buy with these lines.',
    {
      items: {
        type: 'array',
        minItems: 1,
        maxItems: MAX_LINES,
        items: {
          type: 'object',
          properties: { sku: text('SKU'), quantity: { type: 'integer', minimum: 1 } },
          required: ['sku', 'quantity'],
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
      : `set_selection needs 1 to ${MAX_LINES} items, each with a sku and a whole quantity above zero.`,
  apply: (context, result) => {
    if (result.tool !== 'selection') return notFound(context, result);
    const order = orderOf(result.lines);
    return {
      update: {
        ...withFound(context, [...result.products, ...recommendedProducts(result.recommended)]),
        order,
      },
      raise: [{ type: 'order.selected' }],
      answer: {
        ok: true,
        lines: result.lines,
        subtotal: order.subtotal,
        currency: order.currency,
        ...recommendedAnswer(result.recommended),
      },
    };
  },
};

/** Totals are derived, never stored by hand (lesson F-09); lines come with exact totals from the pricing of the tool. */
const orderOf = (lines: readonly OrderLine[]): Order => ({
  lines,
  subtotal:
    lines.length === 0
      ? null
      : sum(
          lines.map((line) => money(line.lineTotal, line.currency)),
          lines[0]?.currency,
        ).amount,
  currency: lines[0]?.currency ?? null,
});

export const isSelection = (
  items: unknown,
): items is readonly { readonly sku: string; readonly quantity: number }[] =>
  Array.isArray(items) &&
  items.length >= 1 &&
  items.length <= MAX_LINES &&
  items.every(
    (item: unknown) =>
      item !== null &&
      typeof item === 'object' &&
      isText((item as { sku?: unknown }).sku, 100) &&
      Number.isInteger((item as { quantity?: unknown }).quantity) &&
      Number((item as { quantity: number }).quantity) > 0 &&
      Number((item as { quantity: number }).quantity) <= MAX_QUANTITY,
  );

import type { CustomerOrder } from '../actors.ts';
import { notFound } from './found.ts';
import { always, isText, type ReadTool, text, toolSpec } from './tool.ts';

/** How the customer's own orders stand, in plain words (domain 10). The actor knows whose they are (lesson F-25b). */
export const orderStatus: ReadTool = {
  kind: 'read',
  spec: toolSpec(
    'order_status',
    'Read how this customer’s orders stand. Only their own orders are found.',
    { order_number: text('Order or quotation number, when the customer gave one') },
    [],
  ),
  isOffered: always,
  problem: (args) =>
    args.order_number === undefined || isText(args.order_number, 100)
      ? null
      : 'order_number must be a short text.',
  apply: (context, result) => {
    if (result.tool !== 'orders') return notFound(context, result);
    const { evidence } = context.turn;
    return {
      update: {
        turn: { ...context.turn, evidence: { ...evidence, orders: result.orders } },
      },
      raise: [],
      answer:
        result.orders.length === 0
          ? { ok: true, orders: [], note: 'No order of this customer was found: say so.' }
          : { ok: true, orders: result.orders.map((order) => shown(order, context.language)) },
    };
  },
};

const shown = ({ label, ...order }: CustomerOrder, language: 'en' | 'ar'): object => ({
  ...order,
  status: label[language],
});

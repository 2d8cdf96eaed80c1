import { recommendedProducts } from '../../recommendations/recommended.ts';
import { notFound, toldProduct, toldRecommended, withFound } from './found.ts';
import { always, isText, type ReadTool, text, toolSpec } from './tool.ts';

/** The exact price and stock of one article, read now (domain 12.7). */
export const checkStock: ReadTool = {
  kind: 'read',
  spec: toolSpec(
    'check_stock',
    'Read the live price and stock of one item.',
    { sku: text('SKU as the customer or the catalog wrote it') },
    ['sku'],
  ),
  isOffered: always,
  problem: (args) => (isText(args.sku, 100) ? null : 'check_stock needs a sku.'),
  apply: (context, result, at) =>
    result.tool === 'stock'
      ? {
          update: withFound(context, [result.product, ...recommendedProducts(result.recommended)]),
          raise: [],
          answer: {
            ok: true,
            ...toldProduct(context, result.product),
            at: new Date(at).toISOString(),
            ...toldRecommended(context, result.recommended),
          },
        }
      : notFound(context, result),
};

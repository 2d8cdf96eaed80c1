import { recommendedProducts } from '../../recommendations/recommended.ts';
import { LIMITS } from '../context.ts';
import { notFound, toldProduct, toldRecommended, withFound } from './found.ts';
import { isText, type ReadTool, text, toolSpec } from './tool.ts';

/** Finds furniture; its figures are Inventory's of this moment (domain 12.2). */
export const searchProducts: ReadTool = {
  kind: 'read',
  spec: toolSpec(
    'search_products',
    'Find furniture in the catalog. Returns names, SKUs, prices and stock.',
    {
      query: text('What is looked for, in the customer’s words'),
      category: text('Category name, when the customer named one'),
      max_price: { type: 'number', description: 'Highest unit price in AED' },
      in_stock: { type: 'boolean', description: 'Only items that are in stock' },
      limit: { type: 'integer', minimum: 1, maximum: 10 },
    },
    ['query'],
  ),
  isOffered: ({ turn }) => turn.searches < LIMITS.searchesPerTurn,
  problem: (args) => {
    if (!isText(args.query)) return 'search_products needs a query.';
    if (args.max_price !== undefined && !(typeof args.max_price === 'number' && args.max_price > 0)) {
      return 'max_price must be a number above zero.';
    }
    return null;
  },
  apply: (context, result) =>
    result.tool === 'products'
      ? {
          update: withFound(context, [...result.products, ...recommendedProducts(result.recommended)]),
          raise: [],
          answer: {
            ok: true,
            products: result.products.map((product) => toldProduct(context, product)),
            ...toldRecommended(context, result.recommended),
          },
        }
      : notFound(context, result),
};

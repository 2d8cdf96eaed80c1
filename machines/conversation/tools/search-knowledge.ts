import { notFound, withFound } from './found.ts';
import { always, isText, type ReadTool, text, toolSpec } from './tool.ts';

/** What the company says about delivery, warranty and itself (domain 14.8). */
export const searchKnowledge: ReadTool = {
  kind: 'read',
  spec: toolSpec(
    'search_knowledge',
    'Look up delivery, warranty, showroom, payment, assembly, samples and the company itself.',
    { query: text('The question') },
    ['query'],
  ),
  isOffered: always,
  problem: (args) => (isText(args.query) ? null : 'search_knowledge needs a query.'),
  apply: (context, result) =>
    result.tool === 'knowledge'
      ? {
          update: withFound(context, [], result.articles),
          raise: [],
          answer: { ok: true, articles: result.articles.map(({ title, body }) => ({ title, body })) },
        }
      : notFound(context, result),
};

import { knownArticles, PHOTOS_PER_REPLY } from '../photos.ts';
import { always, type ChangeTool, isText, toolSpec } from './tool.ts';

const MAX_SKU_CHARS = 100;

const isSkus = (value: unknown): value is readonly string[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.length <= PHOTOS_PER_REPLY &&
  value.every((sku) => isText(sku, MAX_SKU_CHARS));

/** Photos follow the text that names the articles: chosen after the final wording, never before it (lesson F-18). */
export const sendPhotos: ChangeTool = {
  kind: 'change',
  spec: toolSpec(
    'send_photos',
    'Send product photos after your text, of articles that were found in this turn.',
    {
      skus: {
        type: 'array',
        minItems: 1,
        maxItems: PHOTOS_PER_REPLY,
        items: { type: 'string', description: 'SKU' },
      },
    },
    ['skus'],
  ),
  isOffered: always,
  problem: (args) => (isSkus(args.skus) ? null : `send_photos needs 1 to ${PHOTOS_PER_REPLY} skus.`),
  apply: (context, args) => {
    const photos = knownArticles(context, isSkus(args.skus) ? args.skus : []);
    if (photos.length === 0) {
      const reason = 'None of these articles was found in this turn; search for them first.';
      return { update: {}, raise: [], answer: { ok: false, reason } };
    }
    return {
      update: { turn: { ...context.turn, photos } },
      raise: [],
      answer: { ok: true, skus: photos, note: 'The photos follow your text; name these articles in it.' },
    };
  },
};

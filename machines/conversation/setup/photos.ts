/** What the turn asks and does about product photos, after its reply has gone out. */
import type { FindPhotosOutput } from '../actors.ts';
import { outputOf, timeOf } from '../machine-events.ts';
import { photosAfter } from '../photos.ts';
import { queueOutbound } from '../updates/dialogue.ts';
import { core } from './core.ts';
import { withTurn } from './turn.ts';

export const withPhotos = withTurn.extend({
  guards: {
    wantsPhotos: ({ context }) => photosAfter(context).length > 0,
    hasPhotoToShow: ({ context }) => (context.turn.toShow ?? []).length > 0,
  },
  actions: {
    keepPhotos: core.assign(({ context, event }) => ({
      turn: { ...context.turn, photos: [], toShow: outputOf<FindPhotosOutput>(event).files },
    })),
    /** One after the other: each is a message of its own, without words (domain 4.7). */
    queuePhoto: core.assign(({ context, event }) => {
      const [file, ...rest] = context.turn.toShow ?? [];
      if (!file) throw new Error('There is no photo to show: check hasPhotoToShow first.');
      return {
        ...queueOutbound(context, { by: 'bot', text: '', file, at: timeOf(event) }),
        turn: { ...context.turn, toShow: rest },
      };
    }),
  },
});

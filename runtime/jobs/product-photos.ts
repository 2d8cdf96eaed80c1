/** The nightly look at the catalog's photos: new and replaced ones are copied, those of nobody are removed. */
import { Effect } from 'effect';
import { fillPhotos } from '../../actors/catalog/fill-photos.ts';
import { ImageStore } from '../../actors/catalog/image-store.ts';
import type { Job, JobParts } from './job.ts';

/** After the night's reading of the catalog. */
const CRON = '20 4 * * *';
/** 10,000 photos at the background's 47 a minute. */
const EXPIRES_S = 4 * 3600;

export const productPhotos = ({ services, log, isStopping }: JobParts): Job => ({
  name: 'product-photos',
  cron: CRON,
  expireInSeconds: EXPIRES_S,
  // Not retried: a photo that is needed is fetched then, the others tomorrow.
  retryLimit: 0,
  run: async () => {
    const work = Effect.gen(function* () {
      const filled = yield* fillPhotos(() => !isStopping());
      const store = yield* ImageStore;
      return { ...filled, removed: yield* store.sweep };
    });
    const fields = await Effect.runPromise(Effect.provideContext(work, services));
    log.info(fields, 'the photos of the catalog were copied');
  },
});

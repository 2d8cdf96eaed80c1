/**
 * What a replica that schedules does for the catalog when it starts, in the background: conversations are served
 * meanwhile from the copy that is there.
 */
import { type Context, Effect, Fiber } from 'effect';
import { Catalog } from '../actors/catalog/catalog.ts';
import { fillPhotos } from '../actors/catalog/fill-photos.ts';
import type { ImageStore } from '../actors/catalog/image-store.ts';
import type { Log } from './engine/types.ts';

/** Photos come when the rush of a start is over; one that is needed sooner is fetched then. */
const PHOTOS_AFTER_MS = 60_000;

export const readCatalogAtStart = (
  services: Context.Context<Catalog | ImageStore>,
  log: Log,
): { readonly stop: () => Promise<void> } => {
  const read = Effect.gen(function* () {
    const catalog = yield* Catalog;
    // A run that died with its process is carried on where it stood; only without one a new run begins.
    const resumed = yield* catalog.resumeSync;
    const run = resumed === null ? yield* catalog.syncAndWait('start') : yield* catalog.syncRun(resumed);
    log.info({ status: run?.status, seen: run?.seen, changed: run?.changed }, 'the catalog was read');
    yield* Effect.sleep(PHOTOS_AFTER_MS);
    log.info({ ...(yield* fillPhotos(() => true)) }, 'the photos of the catalog were copied');
  }).pipe(
    Effect.catch((error) =>
      Effect.sync(() =>
        log.error({ reason: error._tag }, 'the catalog could not be read; it is tried again on schedule'),
      ),
    ),
    Effect.provideContext(services),
  );
  const fiber = Effect.runFork(read);
  return { stop: () => Effect.runPromise(Fiber.interrupt(fiber)).then(() => undefined) };
};

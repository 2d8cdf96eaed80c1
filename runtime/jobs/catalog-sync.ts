/** The regular reading of the vendor's catalog. */
import { Effect } from 'effect';
import { Catalog } from '../../actors/catalog/catalog.ts';
import type { Job, JobParts } from './job.ts';

/** A run of 10,000 items takes minutes against the vendor's 100 calls a minute; after this another replica may try. */
const EXPIRES_S = 3600;

/** By `CATALOG_SYNC_CRON` (contract 2). */
export const catalogSync = ({ config, services }: JobParts): Job => ({
  name: 'catalog-sync',
  cron: config.cron.catalogSync,
  expireInSeconds: EXPIRES_S,
  retryLimit: 2,
  run: async () => {
    const run = await Effect.runPromise(
      Effect.flatMap(Catalog, (catalog) => catalog.syncAndWait('schedule')).pipe(
        Effect.provideContext(services),
      ),
    );
    if (run?.status === 'failed')
      throw new Error('the catalog run failed; its reason is in the list of runs');
  },
});

/** Where a running synchronisation is: which phase, and how far. */
import type { SyncRun } from '../api/types.ts';
import { number, t } from '../i18n/i18n.ts';

export const SyncProgress = ({ run }: { run: SyncRun }) => (
  <span class="page-progress" role="status" data-phase={run.phase}>
    {t(run.phase === 'indexing' ? 'syncIndexing' : 'syncReading', {
      seen: number(run.seen),
      changed: number(run.changed),
      embedded: number(run.embedded),
    })}
  </span>
);

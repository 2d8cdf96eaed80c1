/**
 * Takes an exported chat history over. It goes the way of every message, so a second import of the same file changes
 * nothing; what was said long ago is recorded without an answer, a take-over or an open window.
 */
import { decodeHistory } from '../../adapters/wazzup/history.ts';
import type { Clock } from '../engine/types.ts';
import type { Ingest } from '../server/ingest.ts';

/** Messages handed over at once: one webhook's worth. */
const BATCH = 100;
/** Younger messages would be answered: they come by webhook, or wait for the next import. */
const HISTORY_MS = 24 * 60 * 60 * 1000;

export interface ImportResult {
  /** New to us. */
  readonly imported: number;
  readonly known: number;
  /** Younger than a day. */
  readonly recent: number;
  /** Of other channels or messengers, groups, statuses. */
  readonly skipped: number;
  /** Entries that could not be read, by their place in the file. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

/** `json`: the file, parsed. Rejects when the database is away; run it again then. */
export const importHistory = async (
  deps: { readonly ingest: Pick<Ingest, 'ingest'>; readonly clock: Clock },
  json: unknown,
): Promise<ImportResult> => {
  const history = decodeHistory(json);
  const before = deps.clock.now() - HISTORY_MS;
  const old = history.items.filter((item) => item.sentAt < before);
  let [imported, known, ignored] = [0, 0, 0];
  for (let at = 0; at < old.length; at += BATCH) {
    const items = old.slice(at, at + BATCH);
    const outcome = await deps.ingest.ingest({ test: false, items, rejected: [] });
    imported += outcome.accepted;
    known += outcome.duplicate;
    ignored += Object.values(outcome.ignored).reduce((sum, count) => sum + count, 0);
  }
  return {
    imported,
    known,
    recent: history.items.length - old.length,
    skipped: history.skipped + ignored,
    unreadable: history.rejected.map(({ path, reason }) => ({ path, reason })),
  };
};

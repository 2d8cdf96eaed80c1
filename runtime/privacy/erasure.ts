/**
 * Erases a person on request (domain 20.6): all conversations of one customer on all channels, with everything that was
 * derived from them. An erasure that broke off is finished by asking for it again.
 */
import { randomUUID } from 'node:crypto';
import { type Context, Effect } from 'effect';
import type { Pool } from 'pg';
import { CrmProfiles } from '../../actors/conversation/crm-profiles.ts';
import { MediaFiles } from '../../actors/media/media-files.ts';
import { PrintedQuotes } from '../../actors/quotation/quote-table.ts';
import { Summaries } from '../../actors/summaries/summaries.ts';
import { parseConversationId } from '../../machines/conversation/events.ts';
import type { ErasureApi } from '../api/deps.ts';
import type { EngineApi } from '../engine/types.ts';
import { eraseReviews } from '../quality/erase-reviews.ts';
import { eraseRows } from './erase-rows.ts';

/** A person writes on a handful of channels (G10). */
const CONVERSATIONS_MAX = 100;

export interface ErasureOptions {
  readonly pool: Pool;
  readonly engine: Pick<EngineApi, 'erase'>;
  readonly services: Context.Context<Summaries | MediaFiles | PrintedQuotes | CrmProfiles>;
}

export const makeErasure = ({ pool, engine, services }: ErasureOptions): ErasureApi => ({
  erase: async (conversationId) => {
    const parts = parseConversationId(conversationId);
    if (!parts) return null;
    const reference = `erased:${randomUUID()}`;
    const known = await conversationsOf(pool, parts.chatId);
    const ids = [...new Set([...known, conversationId])].sort();
    let conversations = 0;
    let files = 0;
    for (const id of ids) {
      let removed = 0;
      await eraseReviews(pool, engine, id);
      // Inside: by then nothing of it runs that could print another paper or write another summary.
      const existed = await engine.erase(id, async (client) => {
        removed = await Effect.runPromise(forgetFiles(id).pipe(Effect.provideContext(services)));
        await eraseRows(client, id, reference);
      });
      if (existed) conversations += 1;
      files += removed;
    }
    // Also when there is no conversation any more: an earlier erasure may have broken off here.
    const derived = forgetDerived(conversationId, parts.chatId).pipe(Effect.provideContext(services));
    const summaries = await Effect.runPromise(derived);
    return conversations + summaries === 0 ? null : { reference, conversations, files, summaries };
  },
});

const conversationsOf = async (pool: Pool, chatId: string): Promise<readonly string[]> => {
  const { rows } = await pool.query<{ conversation_id: string }>(
    'select conversation_id from conversation where chat_id = $1 order by conversation_id limit $2',
    [chatId, CONVERSATIONS_MAX],
  );
  return rows.map((row) => row.conversation_id);
};

/** Papers on the disk: their rows are deleted after them. Answers how many there were. */
const forgetFiles = Effect.fnUntraced(function* (conversationId: string) {
  const paths = yield* (yield* PrintedQuotes).pathsOf(conversationId);
  const files = yield* MediaFiles;
  yield* Effect.forEach(paths, files.remove, { discard: true });
  return paths.length;
});

const forgetDerived = Effect.fnUntraced(function* (conversationId: string, chatId: string) {
  yield* (yield* CrmProfiles).forget(chatId);
  return yield* (yield* Summaries).forget(conversationId);
});

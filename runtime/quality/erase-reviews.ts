/** Forgets the reviews of a conversation: their ids hold it, and their readings quote it. */
import type pg from 'pg';
import { newsKey } from '../../machines/quality/review-text.ts';
import type { EngineApi } from '../engine/types.ts';

/**
 * Answers how many. Call it before the conversation itself is erased: what breaks off is then found again by its row.
 */
export const eraseReviews = async (
  pool: pg.Pool,
  engine: Pick<EngineApi, 'erase'>,
  conversationId: string,
): Promise<number> => {
  const { rows } = await pool.query<{ review_id: string }>(
    'select review_id from quality_review where conversation_id = $1 order by review_id',
    [conversationId],
  );
  for (const { review_id: id } of rows) {
    await engine.erase(id, async (client) => {
      await client.query('delete from quality_review where review_id = $1', [id]);
      await client.query('delete from quality_reading where conversation_id = $1', [conversationId]);
      // What the shop's group was told names no conversation but in its key.
      await client.query('delete from alert where alert_id = $1', [newsKey(id)]);
    });
  }
  return rows.length;
};

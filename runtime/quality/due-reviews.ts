/** Finds mature dialogues without a review and asks for one each (domain 6.12), within the caps of domain 6.14. */
import type pg from 'pg';
import { DEFAULT_READINGS } from '../../machines/review/machine.ts';
import { REVIEW_KIND, reviewId } from '../../machines/review/review-id.ts';
import type { SettingsStore } from '../api/settings-store.ts';
import type { Clock, EngineApi } from '../engine/types.ts';

/** Domain 3.4: closed, or silent for so long. */
const MATURE_AFTER_MS = 3 * 3_600_000;
/** Domain 6.12. */
const LOOK_BACK_MS = 7 * 24 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
/** Reviews begun in one run, and within 24 hours; each is a few model calls, and the day's money ends them too. */
export const MAX_PER_RUN = 10;
export const MAX_PER_DAY = 100;

/**
 * Follows index `conversation_quiet`. A dialogue in which the assistant said nothing has nothing to judge; one that is
 * known at this activity is being reviewed, or was.
 */
const DUE_SQL = `select c.conversation_id, c.last_at from conversation c
  where c.last_at > $1 and (c.last_at <= $2 or c.state_paths @> array['lifecycle.closed'])
    and not exists (select from quality_review r
      where r.conversation_id = c.conversation_id and r.activity_at = c.last_at)
    and exists (select from message m where m.conversation_id = c.conversation_id and m.sender = 'bot')
  order by c.last_at, c.conversation_id
  limit least($3, greatest(0, $4 - (select count(*) from quality_review where asked_at > $5)))`;

export interface DueReviewOptions {
  readonly pool: pg.Pool;
  readonly engine: Pick<EngineApi, 'deliver'>;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly clock: Clock;
}

/** How many were asked for; null while the automation is switched off. */
export const askDueReviews = async ({
  pool,
  engine,
  settings,
  clock,
}: DueReviewOptions): Promise<number | null> => {
  if ((await settings.get()).reviews.bot.mode !== 'automatic') return null;
  const now = clock.now();
  const { rows } = await pool.query<{ conversation_id: string; last_at: string | number }>(DUE_SQL, [
    now - LOOK_BACK_MS,
    now - MATURE_AFTER_MS,
    MAX_PER_RUN,
    MAX_PER_DAY,
    now - DAY_MS,
  ]);
  if (rows.length === 0) return 0;
  const delivered = await engine.deliver(
    rows.map((row) => ({
      actorId: reviewId({ conversationId: row.conversation_id, activityAt: Number(row.last_at) }),
      kind: REVIEW_KIND,
      // The same from any replica and any run: an activity is asked for once.
      eventId: 'matured',
      cause: 'job' as const,
      sentAt: now,
      body: { type: 'review.due', readings: DEFAULT_READINGS },
    })),
  );
  return delivered.filter((answer) => answer === 'accepted').length;
};

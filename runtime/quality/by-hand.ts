/** The review of one conversation as it is now, that a person asks for. */
import type pg from 'pg';
import type { ReviewScope } from '../../machines/review/review-id.ts';
import type { Refused } from '../api/deps.ts';
import type { DueReview } from './due-reviews.ts';

interface SubjectRow {
  readonly last_at: number | null;
  readonly bot_spoke: boolean;
}

const DIALOGUE_SQL = `select c.last_at, exists (
    select from message m where m.conversation_id = $1 and m.sender = 'bot' and not m.deleted) as bot_spoke
  from conversation c where c.conversation_id = $1`;

/** The newest hand-over and where it ended, or what was said last; follows the journal's key. */
const HAND_OVER_SQL = `with begun as (
    select seq, at from journal
    where actor_id = $1 and to_states ? 'owner.waiting' and from_states ? 'owner.bot' order by seq desc limit 1)
  select begun.at as began, coalesce(
    (select j.at from journal j where j.actor_id = $1 and j.seq > begun.seq
      and j.to_states ? 'owner.bot' and not j.from_states ? 'owner.bot' order by j.seq limit 1),
    (select max(at) from message where conversation_id = $1)) as until,
    exists (select from message m where m.conversation_id = $1 and m.sender = 'manager' and m.at >= begun.at) as answered
  from begun`;

const refuse = (code: string, message: string): Refused => ({ refused: { code, message } });

/** Null: there is no such conversation. */
export const subjectByHand = async (
  pool: pg.Pool,
  scope: ReviewScope,
  conversationId: string,
): Promise<DueReview | Refused | null> => {
  const { rows } = await pool.query<SubjectRow>(DIALOGUE_SQL, [conversationId]);
  const [dialogue] = rows;
  if (dialogue === undefined) return null;
  const subject = { scope, conversationId, askedBefore: null };
  if (scope !== 'manager') {
    if (dialogue.last_at === null || !dialogue.bot_spoke)
      return refuse('nothing_to_review', 'The assistant has said nothing in this conversation.');
    return { ...subject, activityAt: dialogue.last_at, until: dialogue.last_at };
  }
  const spans = await pool.query<{ began: number; until: number | null; answered: boolean }>(HAND_OVER_SQL, [
    conversationId,
  ]);
  const span = spans.rows[0];
  if (span === undefined || span.until === null || !span.answered)
    return refuse('nothing_to_review', 'No manager has answered after a hand-over in this conversation.');
  return { ...subject, activityAt: span.began, until: span.until };
};

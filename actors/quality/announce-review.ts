/** Tells the shop's group of a review that is done, when its scope is to be told of (domain 6.13, 7.3, 23.3). */
import { Effect } from 'effect';
import { masked } from '../../adapters/telegram/telegram.ts';
import { parseConversationId } from '../../machines/conversation/events.ts';
import { reviewMessage } from '../../machines/quality/review-text.ts';
import type { ReviewNews } from '../../machines/review/machine.ts';
import { Alerts } from '../conversation/alerts.ts';
import { JudgeSettings } from './judge-settings.ts';

export const ANNOUNCE_TIMEOUT_MS = 30_000;

/** Whose dialogue it was, as far as a group may know (domain 8.5). */
const customerLine = (chatId: string | undefined): readonly string[] =>
  chatId === undefined ? [] : [`Customer: ${masked(`+${chatId}`)}`];

/** An urgent one is an alert about the conversation, with its buttons; another one is a word to the shop. */
export const announceReview = Effect.fn('announceReview')(function* (news: ReviewNews | null) {
  if (news === null) return;
  const message = reviewMessage(news);
  if (message === null) return;
  const { announces } = yield* Effect.flatMap(JudgeSettings, ({ policy }) => policy(news.result.scope));
  if (!announces) return;
  const alerts = yield* Alerts;
  const { reason, summary } = message;
  const chatId = parseConversationId(news.conversationId)?.chatId;
  if (message.isUrgent && chatId !== undefined) {
    yield* alerts.raise(message.key, {
      conversationId: news.conversationId,
      chatId,
      trigger: null,
      reason,
      summary,
      lastLines: message.quotes,
    });
    return;
  }
  yield* alerts.raise(message.key, {
    conversationId: null,
    trigger: null,
    reason,
    summary: [...customerLine(chatId), summary].join('\n'),
  });
});

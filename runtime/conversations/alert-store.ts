/**
 * Alerts: recorded in the database first, then told to the managers' Telegram group when there is one (domain 8.9). The
 * alert's id makes a repeated try one alert; one that was not sent stays visible, and the command that raised it tries
 * again or is parked.
 */
import { Effect, Layer, type Redacted } from 'effect';
import type pg from 'pg';
import {
  AlertNotRecorded,
  AlertNotSent,
  Alerts,
  type ClosedAlerts,
  type ShopAlert,
} from '../../actors/conversation/alerts.ts';
import {
  alertHtml,
  type Button,
  type ButtonAction,
  buttonToken,
  escapeHtml,
  type Telegram,
  type TelegramError,
} from '../../adapters/telegram/telegram.ts';
import type { AlertParams } from '../../machines/conversation/actors.ts';
import { triggerName } from '../../machines/conversation/triggers.ts';
import { type AlertRows, makeAlertRows } from '../desk/alert-rows.ts';
import { ManagersGroup } from '../desk/managers-group.ts';
import type { Clock, Log } from '../engine/types.ts';

export interface AlertStoreOptions {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Log;
  /** Makes the buttons' tokens unguessable. */
  readonly secret: Redacted.Redacted;
  /** `PUBLIC_URL`: alerts lead to the conversation. */
  readonly publicUrl: string;
}

export const alertStore = (options: AlertStoreOptions): Layer.Layer<Alerts, never, ManagersGroup> =>
  Layer.effect(
    Alerts,
    Effect.map(ManagersGroup, (group) => makeAlerts(options, group)),
  );

const makeAlerts = (options: AlertStoreOptions, telegram: Telegram['Service'] | null): Alerts['Service'] => {
  const { pool, clock, log, publicUrl, secret } = options;
  const rows = makeAlertRows(pool);
  const record = Effect.fnUntraced(function* (alertId: string, alert: AlertParams | ShopAlert) {
    const { conversationId, trigger, reason, summary } = alert;
    const { isSent, isNew } = yield* database(() =>
      rows.record({ alertId, conversationId, trigger, reason, summary }, clock.now()),
    );
    if (isNew) log.warn({ conversationId, trigger }, `a manager is asked for: ${reason}`);
    return isSent;
  });
  return {
    raise: Effect.fn('Alerts.raise')(function* (alertId, alert) {
      const isSent = yield* record(alertId, alert);
      if (isSent || telegram === null) return;
      const buttons = buttonsOf(secret, alertId, alert);
      yield* database(() => rows.keepButtons(alertId, buttons.flat()));
      const { messageId, chatId } = yield* telegram
        .sendAlert({
          alertId,
          html: alertHtml(contentOf(alertId, alert, publicUrl)),
          ...(buttons.length > 0 ? { buttons } : {}),
        })
        .pipe(Effect.mapError(notSent));
      yield* database(() => rows.sent(alertId, clock.now(), chatId, messageId));
    }),
    close: (closed) => (telegram === null ? Effect.void : closeAlerts(rows, telegram, clock, closed)),
  };
};

/** Takes the buttons off whatever is open for the conversation, and says under the newest one how it ended (domain 8.8). */
const closeAlerts = Effect.fn('Alerts.close')(function* (
  rows: AlertRows,
  telegram: Telegram['Service'],
  clock: Clock,
  { conversationId, by, note }: ClosedAlerts,
) {
  const open = yield* database(() => rows.openOf(conversationId));
  for (const { messageId } of open) {
    yield* telegram.removeButtons(messageId).pipe(Effect.mapError(notSent));
  }
  const ids = open.map(({ alertId }) => alertId);
  const closed = new Set(yield* database(() => rows.close(ids, clock.now(), by)));
  const newest = open.filter(({ alertId }) => closed.has(alertId)).at(-1);
  // After the closing: a word said twice would confuse, a word missed is still seen in the admin.
  if (newest) {
    yield* telegram.say({ html: escapeHtml(note), replyTo: newest.messageId }).pipe(Effect.mapError(notSent));
  }
});

const database = <A>(run: () => Promise<A>) =>
  Effect.tryPromise({
    try: run,
    catch: () =>
      new AlertNotRecorded({
        message: 'The alert could not be recorded; check the database.',
        retryable: true,
      }),
  });

const notSent = (error: TelegramError) =>
  new AlertNotSent({
    message: error.message,
    retryable: error.retryable,
    ...('retryAfterMs' in error ? { retryAfterMs: error.retryAfterMs } : {}),
  });

const LABELS: Readonly<Record<ButtonAction, string>> = {
  take: 'Take over',
  reply: 'Reply',
  reply_and_learn: 'Reply and teach',
  confirm: 'Confirm the order',
  reject: 'Cannot be done',
};

/** Domain 8.6. What concerns the whole shop has nobody to answer. */
const buttonsOf = (
  secret: Redacted.Redacted,
  alertId: string,
  alert: AlertParams | ShopAlert,
): readonly (readonly Button[])[] => {
  if (alert.conversationId === null) return [];
  const rows: readonly (readonly ButtonAction[])[] =
    alert.about === 'order'
      ? [
          ['confirm', 'reject'],
          ['reply', 'take'],
        ]
      : [['reply', 'take'], ['reply_and_learn']];
  return rows.map((row) =>
    row.map((action) => ({ action, label: LABELS[action], token: buttonToken(secret, alertId, action) })),
  );
};

const contentOf = (alertId: string, alert: AlertParams | ShopAlert, publicUrl: string) => {
  const shop = { alertId, trigger: null, reason: alert.reason, summary: alert.summary };
  if (alert.conversationId === null) return { ...shop, conversationId: 'the shop', lastLines: [] };
  return {
    ...shop,
    trigger: alert.trigger === null ? null : { number: alert.trigger, name: triggerName(alert.trigger) },
    phone: `+${alert.chatId}`,
    conversationId: alert.conversationId,
    lastLines: alert.lastLines,
    // To the list, where who waits longest is first: the conversation's own address would tell the phone.
    link: `${publicUrl}/admin/conversations`,
  };
};

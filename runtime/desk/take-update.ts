/**
 * What a manager pressed or wrote in the Telegram group becomes an event of the conversation, like everything else
 * (design 2). Updates come at least once: each act carries the alert's id into the mailbox, which takes it once
 * (domain 8.8, lesson F-30). Only the asked person's reply to the bot's question goes to the customer: people also
 * talk to each other in a group, under alerts above all.
 */
import { Effect } from 'effect';
import type {
  ButtonPressed,
  ManagerText,
  Telegram,
  TelegramError,
  TelegramPerson,
  TelegramUpdate,
} from '../../adapters/telegram/telegram.ts';
import { escapeHtml } from '../../adapters/telegram/telegram.ts';
import {
  CONVERSATION_KIND,
  type ConversationEvent,
  MAX_TEXT_CHARS,
} from '../../machines/conversation/events.ts';
import type { Clock, EngineApi } from '../engine/types.ts';
import type { AlertRows } from './alert-rows.ts';
import { DRAFT_LIVES_MS, type DraftRows } from './draft-rows.ts';

export interface DeskDeps {
  readonly telegram: Telegram['Service'];
  readonly alerts: AlertRows;
  readonly drafts: DraftRows;
  readonly engine: Pick<EngineApi, 'deliver'>;
  /** The group; what comes from elsewhere is answered and not obeyed (wire/09 §5). */
  readonly chatId: string;
  /** Telegram ids of those who may act; empty: everyone in the group. */
  readonly managerIds: () => Promise<readonly string[]>;
  readonly clock: Clock;
}

type Done = Effect.Effect<void, TelegramError>;

/** Handles one update. Repeating it has no second effect on any customer. */
export const takeUpdate = (desk: DeskDeps, update: TelegramUpdate): Done => {
  switch (update.kind) {
    case 'button':
      return pressed(desk, update);
    case 'text':
      return wrote(desk, update);
    case 'unknown_button':
      return toast(desk, update.callbackId, 'This button is not known any more. Use the newest message.');
    case 'other':
      return Effect.void;
  }
};

const toast = ({ telegram }: DeskDeps, callbackId: string, text: string): Done =>
  Effect.asVoid(telegram.answerButton(callbackId, text));

const under = ({ telegram }: DeskDeps, messageId: string, text: string): Done =>
  Effect.asVoid(telegram.say({ html: escapeHtml(text), replyTo: messageId }));

const database = <A>(run: () => Promise<A>) => Effect.promise(run);

const mayAct = Effect.fnUntraced(function* (desk: DeskDeps, chatId: string, person: TelegramPerson) {
  if (chatId !== desk.chatId) return false;
  const listed = yield* database(desk.managerIds);
  return listed.length === 0 || listed.includes(person.id);
});

const byOf = (person: TelegramPerson) => ({
  id: `telegram:${person.id}`,
  name: person.name === '' ? 'A manager in Telegram' : person.name,
});

const deliver = (desk: DeskDeps, conversationId: string, eventId: string, body: ConversationEvent) =>
  database(() =>
    desk.engine.deliver([
      {
        actorId: conversationId,
        kind: CONVERSATION_KIND,
        eventId,
        cause: 'manager',
        sentAt: desk.clock.now(),
        body: { ...body },
      },
    ]),
  );

const pressed = Effect.fnUntraced(function* (desk: DeskDeps, press: ButtonPressed) {
  const { callbackId, from, token } = press;
  if (!(yield* mayAct(desk, press.chatId, from))) {
    return yield* toast(desk, callbackId, 'You are not on the list of managers. Ask an administrator.');
  }
  const button = yield* database(() => desk.alerts.button(token));
  if (!button || button.conversationId === null) {
    return yield* toast(desk, callbackId, 'This button is not known any more. Use the newest message.');
  }
  const doneBy = button.closedBy ?? button.usedBy;
  if (doneBy !== null) return yield* toast(desk, callbackId, `Already done by ${doneBy}.`);
  const { alertId, conversationId, action } = button;
  const by = byOf(from);
  switch (action) {
    case 'reply':
    case 'reply_and_learn': {
      const learn = action === 'reply_and_learn';
      return yield* openDraft(desk, press, { alertId, conversationId, learn });
    }
    case 'take':
      yield* deliver(desk, conversationId, `telegram:take:${alertId}`, { type: 'manager.takeOver', by });
      break;
    case 'confirm':
    case 'reject':
      // One id for both: the first decision counts, whoever made it.
      yield* deliver(desk, conversationId, `telegram:decide:${alertId}`, {
        type: 'manager.decision',
        by,
        decision: action,
      });
  }
  yield* database(() => desk.alerts.use(token, desk.clock.now(), by.name));
  yield* toast(desk, callbackId, TOASTS[action]);
});

const TOASTS = {
  take: 'It is yours: the assistant is silent. Answer in WhatsApp or in the admin.',
  confirm: 'The customer is told that the order is confirmed.',
  reject: 'The customer is told that the order cannot be confirmed.',
} as const;

interface Asked {
  readonly alertId: string;
  readonly conversationId: string;
  readonly learn: boolean;
}

const openDraft = Effect.fnUntraced(function* (desk: DeskDeps, press: ButtonPressed, asked: Asked) {
  const { alertId, conversationId, learn } = asked;
  const draft = { alertId, conversationId, learn, personId: press.from.id, openedAt: desk.clock.now() };
  if (!(yield* database(() => desk.drafts.open(draft)))) {
    return yield* toast(desk, press.callbackId, 'Your answer was sent already.');
  }
  yield* toast(desk, press.callbackId, 'Write your answer as a reply to my message.');
  const prompt = yield* desk.telegram.say({
    html: `${escapeHtml(byOf(press.from).name)}, reply to <b>this</b> message with your answer. The customer gets it in their language within a minute; you have 24 hours.`,
    replyTo: press.messageId,
    ask: true,
  });
  yield* database(() => desk.drafts.prompted(alertId, press.from.id, prompt));
});

const wrote = Effect.fnUntraced(function* (desk: DeskDeps, message: ManagerText) {
  const { from, replyTo } = message;
  if (replyTo === null || message.text.trim() === '') return;
  const draft = yield* database(() => desk.drafts.byPrompt(replyTo));
  if (draft === null) return;
  if (draft.personId !== from.id || !(yield* mayAct(desk, message.chatId, from))) {
    return yield* under(
      desk,
      message.messageId,
      'Not sent: this question was put to a colleague. Press the button under the alert yourself to answer.',
    );
  }
  if (draft.usedAt !== null) {
    return yield* under(
      desk,
      message.messageId,
      'Not sent: your answer to this alert went out already. Write in the admin.',
    );
  }
  if (desk.clock.now() - draft.openedAt > DRAFT_LIVES_MS) {
    return yield* under(
      desk,
      message.messageId,
      'Not sent: more than 24 hours have passed. Press the button again, or write in the admin.',
    );
  }
  if (message.text.length > MAX_TEXT_CHARS) {
    return yield* under(
      desk,
      message.messageId,
      `Not sent: the answer is longer than ${MAX_TEXT_CHARS} characters.`,
    );
  }
  yield* deliver(desk, draft.conversationId, `telegram:draft:${draft.alertId}:${from.id}`, {
    type: 'manager.draft',
    by: byOf(from),
    text: message.text.trim(),
    learn: draft.learn,
  });
  yield* database(() => desk.drafts.use(draft.alertId, from.id, desk.clock.now()));
});

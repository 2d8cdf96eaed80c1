/** One customer's phone: their chat as they see it, and what they can do. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PhoneMessage } from '../api/types.ts';
import { paths } from '../app/paths.ts';
import { api, listStore, live, trouble } from '../app/services.ts';
import { MediaPart } from '../chat/media.tsx';
import { Icon } from '../components/icon.tsx';
import { ScrollRegion } from '../components/scroll-region.tsx';
import { Skeleton } from '../components/states.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { intlTag, t } from '../i18n/i18n.ts';
import { hourOf } from '../lib/time.ts';
import { useStore } from '../lib/use-store.ts';
import type { DeskPhone } from './desk.ts';
import { PhoneControls } from './phone-controls.tsx';

const TICKS: Readonly<Record<PhoneMessage['status'], readonly [icon: string, words: MessageKey]>> = {
  sent: ['check', 'statusSent'],
  delivered: ['checks', 'statusDelivered'],
  read: ['checks', 'statusRead'],
  error: ['alert', 'statusFailed'],
};

const isMessage = (value: unknown): value is PhoneMessage =>
  typeof value === 'object' && value !== null && 'id' in value && 'from' in value && 'text' in value;

/** The chat as the customer sees it, live; null until it came. */
const usePhoneChat = (chatId: string): readonly PhoneMessage[] | null => {
  const [messages, setMessages] = useState<readonly PhoneMessage[] | null>(null);
  useEffect(
    () =>
      live.subscribe({
        topic: `phone:${chatId}`,
        // Each frame is the whole chat, so a lost one is made good by the next.
        onFrame: (frame) => {
          const data: unknown = frame.data;
          if (frame.type === 'snapshot' && Array.isArray(data)) setMessages(data.filter(isMessage));
        },
        onGap: () => undefined,
      }),
    [chatId],
  );
  return messages;
};

/** The phone got a link, not a file; its name is the link's own business. */
const mediaOf = ({ contentUri }: PhoneMessage) =>
  contentUri === undefined ? null : { uri: contentUri, name: null };

const Line = ({ message }: { message: PhoneMessage }) => {
  const [icon, words] = TICKS[message.status];
  const mine = message.from === 'customer';
  return (
    <li class={`phone-line ${mine ? 'is-mine' : 'is-theirs'}`}>
      <div class="phone-bubble">
        <MediaPart message={{ kind: message.kind, media: mediaOf(message) }} />
        {message.text === '' ? null : <p dir="auto">{message.text}</p>}
        <span class="phone-foot">
          {message.author === 'manager' ? <span class="phone-author">{t('fromManager')}</span> : null}
          <time dateTime={new Date(message.at).toISOString()}>
            {hourOf(new Date(message.at).toISOString(), intlTag())}
          </time>
          {mine ? (
            <span class={`ticks is-${message.status}`} title={message.error ?? t(words)}>
              <Icon name={icon} />
              <span class="visually-hidden">{t(words)}</span>
            </span>
          ) : null}
        </span>
      </div>
    </li>
  );
};

/** The conversation this phone has in the admin, once there is one. */
const useConversationId = (chatId: string): string | null =>
  useStore(listStore, ({ byId }) => {
    for (const item of byId.values()) if (item.chatId === chatId) return item.id;
    return null;
  });

export const Phone = ({ phone, onHide }: { phone: DeskPhone; onHide: () => void }) => {
  const chat = usePhoneChat(phone.chatId);
  const messages = chat ?? [];
  const conversation = useConversationId(phone.chatId);
  const scroller = useRef<HTMLElement>(null);
  const [silent, setSilent] = useState(false);
  const last = messages.at(-1);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, [messages.length]);
  useEffect(() => {
    // The customer looks at the phone: what reached it becomes read, as in life.
    if (!silent && last?.from === 'business' && last.status !== 'read')
      api.phones.read(phone.chatId).catch(trouble);
  }, [last?.id, silent]);
  return (
    <section class="phone" aria-label={phone.name}>
      <header class="phone-head">
        <span class="phone-who">
          <strong>
            <bdi>{phone.name}</bdi>
          </strong>
          <bdi dir="ltr">+{phone.chatId}</bdi>
        </span>
        {conversation === null ? null : (
          <a
            class="icon-button"
            href={paths.conversation(conversation)}
            aria-label={t('openInAdmin')}
            title={t('openInAdmin')}
          >
            <Icon name="chats" />
          </a>
        )}
        <button
          type="button"
          class="icon-button"
          aria-label={t('hidePhone')}
          title={t('hidePhone')}
          onClick={onHide}
        >
          <Icon name="close" />
        </button>
      </header>
      <ScrollRegion class="phone-screen" scroller={scroller} label={phone.name}>
        {chat === null ? <Skeleton rows={3} kind="bubble" /> : null}
        {chat?.length === 0 ? <p class="quiet-note">{t('phoneSilent')}</p> : null}
        <ol class="phone-lines">
          {messages.map((message) => (
            <Line key={message.id} message={message} />
          ))}
        </ol>
      </ScrollRegion>
      <PhoneControls phone={phone} silent={silent} onSilent={setSilent} />
    </section>
  );
};

/** One message. The side says who speaks; the text runs in its own direction, whatever that of the page is. */
import type { Message } from '../api/types.ts';
import { Icon } from '../components/icon.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { intlTag, t } from '../i18n/i18n.ts';
import { hourOf, momentOf } from '../lib/time.ts';
import type { Outgoing } from '../stores/messages.ts';
import { citedElement } from './cited.ts';
import { MediaPart } from './media.tsx';
import { whatsAppSpans } from './whatsapp-text.ts';

const STATUS: Readonly<Record<Message['status'], readonly [icon: string, words: MessageKey]>> = {
  received: ['check', 'statusReceived'],
  queued: ['clock', 'statusQueued'],
  sent: ['check', 'statusSent'],
  delivered: ['checks', 'statusDelivered'],
  read: ['checks', 'statusRead'],
  failed: ['alert', 'statusFailed'],
  dropped: ['mute', 'statusDropped'],
};

const Ticks = ({ status }: { status: Message['status'] }) => {
  const [icon, words] = STATUS[status];
  return (
    <span class={`ticks is-${status}`} title={t(words)}>
      <Icon name={icon} />
      <span class="visually-hidden">{t(words)}</span>
    </span>
  );
};

const TAGS = { bold: 'strong', italic: 'em', struck: 's', code: 'code' } as const;

/** The text as a phone draws it. */
const Marked = ({ text }: { text: string }) => (
  <>
    {whatsAppSpans(text).map((span, index) => {
      if (span.mark === null) return span.text;
      const Tag = TAGS[span.mark];
      return <Tag key={index}>{span.text}</Tag>;
    })}
  </>
);

const authorOf = (message: Message): string | null => {
  if (message.from === 'bot') return t('fromBot');
  if (message.from === 'note') return message.author ?? t('fromNote');
  if (message.from === 'manager') return message.author ?? t('fromManager');
  return null;
};

export interface BubbleProps {
  readonly message: Message;
  /** The row of the timeline that made it is selected. */
  readonly explained: boolean;
  /** The address points at it. */
  readonly cited: boolean;
  /** The message before has the same author: the name is not said again. */
  readonly continued: boolean;
  readonly onWhy: (seq: number) => void;
}

export const Bubble = ({ message, explained, cited, continued, onWhy }: BubbleProps) => {
  const author = authorOf(message);
  const troubled = message.status === 'failed' || message.status === 'dropped';
  return (
    <li
      id={citedElement(message.id)}
      class={`bubble-line from-${message.from} ${continued ? 'is-continued' : ''} ${explained || cited ? 'is-explained' : ''}`}
    >
      <div class={`bubble ${troubled ? 'is-troubled' : ''} ${message.deleted ? 'is-deleted' : ''}`}>
        {author === null || continued ? null : (
          <p class="bubble-author">
            <Icon name={message.from === 'bot' ? 'bot' : message.from === 'note' ? 'note' : 'person'} />
            <bdi>{author}</bdi>
          </p>
        )}
        {message.quoted === null ? null : (
          <blockquote class="bubble-quote" dir="auto" title={t('quotedMessage')}>
            {message.quoted}
          </blockquote>
        )}
        <MediaPart message={message} />
        {message.text === '' ? null : (
          <p class="bubble-text" dir="auto">
            <Marked text={message.text} />
          </p>
        )}
        {message.deleted ? <p class="bubble-deleted">{t('deleted')}</p> : null}
        <p class="bubble-foot">
          <button type="button" class="why" title={t('whyTitle')} onClick={() => onWhy(message.seq)}>
            {t('why')}
          </button>
          <time dateTime={message.at} title={momentOf(message.at, intlTag())}>
            {hourOf(message.at, intlTag())}
          </time>
          {message.from === 'bot' || message.from === 'manager' ? <Ticks status={message.status} /> : null}
        </p>
      </div>
      {troubled ? (
        <p class="bubble-trouble">
          <Icon name="alert" />
          <span>
            {t(STATUS[message.status][1])}
            {message.error === null ? null : (
              <>
                : <bdi>{message.error}</bdi>
              </>
            )}
          </span>
        </p>
      ) : null}
    </li>
  );
};

/** What the model is writing now. Nobody has checked it, and it may never be said. */
export const PreviewBubble = ({ text }: { text: string }) => (
  <li class="bubble-line from-bot is-preview">
    <div class="bubble">
      <p class="bubble-author">
        <Icon name="bot" />
        {t('previewWriting')}
        <span class="preview-dots" aria-hidden="true">
          <span />
          <span />
          <span />
        </span>
      </p>
      <p class="bubble-text" dir="auto">
        {text}
      </p>
      <p class="bubble-foot">{t('previewUnchecked')}</p>
    </div>
  </li>
);

export interface OutgoingBubbleProps {
  readonly item: Outgoing;
  readonly onAgain: (item: Outgoing) => void;
  readonly onDrop: (item: Outgoing) => void;
}

export const OutgoingBubble = ({ item, onAgain, onDrop }: OutgoingBubbleProps) => (
  <li class={`bubble-line from-${item.kind} is-${item.state}`}>
    <div class={`bubble ${item.state === 'failed' ? 'is-troubled' : 'is-sending'}`}>
      <p class="bubble-text" dir="auto">
        {item.text}
      </p>
      <p class="bubble-foot">
        <time dateTime={item.at}>{hourOf(item.at, intlTag())}</time>
        {item.state === 'sending' ? (
          <span class="ticks" title={t('sendingNow')}>
            <Icon name="clock" />
            <span class="visually-hidden">{t('sendingNow')}</span>
          </span>
        ) : null}
      </p>
    </div>
    {item.state === 'failed' ? (
      <p class="bubble-trouble" role="alert">
        <Icon name="alert" />
        <span dir="auto">{item.error}</span>
        <button type="button" class="link-button" onClick={() => onAgain(item)}>
          {t('sendAgain')}
        </button>
        <button type="button" class="link-button" onClick={() => onDrop(item)}>
          {t('discardDraft')}
        </button>
      </p>
    ) : null}
  </li>
);

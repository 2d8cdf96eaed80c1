/** What is not text in a message: the kind in words, and the file when it can be opened. */
import type { Message } from '../api/types.ts';
import { Icon } from '../components/icon.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { t } from '../i18n/i18n.ts';
import { isOurs, safeLink } from '../lib/safe-link.ts';

const KINDS: Readonly<Record<string, readonly [icon: string, words: MessageKey]>> = {
  image: ['image', 'kindImage'],
  audio: ['voice', 'kindAudio'],
  video: ['video', 'kindVideo'],
  document: ['file', 'kindDocument'],
  contact: ['card', 'kindContact'],
  location: ['pin', 'kindLocation'],
  missed_call: ['missed', 'kindMissedCall'],
};

export const kindWords = (kind: string): MessageKey => KINDS[kind]?.[1] ?? 'kindOther';

/** Pictures of our own origin are shown; others would be fetched from strangers, so they are links. */
const isShown = (link: string): boolean => isOurs(link, location.origin);

/** What is needed of a message, so that the simulated phone shows files as the chat does. */
type WithMedia = Pick<Message, 'kind' | 'media'>;

export const MediaPart = ({ message }: { message: WithMedia }) => {
  if (message.kind === 'text') return null;
  const [icon, words] = KINDS[message.kind] ?? ['question', 'kindOther' as const];
  const link = message.media === null ? null : safeLink(message.media.uri);
  if (link !== null && message.kind === 'image' && isShown(link)) {
    return (
      <a class="media-picture" href={link} target="_blank" rel="noreferrer">
        <img src={link} alt={message.media?.name ?? t(words)} loading="lazy" />
      </a>
    );
  }
  if (link !== null && message.kind === 'audio' && isShown(link)) {
    // What is said in it stands below as the message's text.
    return (
      // biome-ignore lint/a11y/useMediaCaption: a voice note has no caption track; its transcript is the bubble's text.
      <audio class="media-voice" src={link} controls preload="none" aria-label={t(words)} />
    );
  }
  return (
    <span class="media">
      <span class="media-icon">
        <Icon name={icon} />
      </span>
      <span class="media-words">
        <span>{t(words)}</span>
        {message.media?.name ? <bdi class="media-name">{message.media.name}</bdi> : null}
      </span>
      {link === null ? null : (
        <a class="media-open" href={link} target="_blank" rel="noreferrer">
          {t('openFile')}
        </a>
      )}
    </span>
  );
};

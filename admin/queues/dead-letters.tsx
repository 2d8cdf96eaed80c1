/** Parked events and commands (G8): why, since when, and the two decisions. */
import { useState } from 'preact/hooks';
import type { DeadLetter } from '../api/types.ts';
import { paths } from '../app/paths.ts';
import { api, appStore, toast, trouble } from '../app/services.ts';
import { Confirm } from '../components/dialog.tsx';
import { Icon } from '../components/icon.tsx';
import { Empty, Failure, Skeleton } from '../components/states.tsx';
import { Since } from '../components/ticking.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { t } from '../i18n/i18n.ts';
import { useStore } from '../lib/use-store.ts';
import { usePages } from '../pages/use-pages.ts';
import { mayWrite } from '../stores/app-store.ts';

const KINDS: Readonly<Record<DeadLetter['kind'], MessageKey>> = {
  event: 'deadEvent',
  command: 'deadCommand',
  payload: 'deadPayload',
};

interface LetterProps {
  readonly letter: DeadLetter;
  readonly writer: boolean;
  readonly onRetry: () => void;
  readonly onDiscard: () => void;
}

const Letter = ({ letter, writer, onRetry, onDiscard }: LetterProps) => (
  <li class="card letter">
    <div class="letter-head">
      <span class="chip is-waiting">{t(KINDS[letter.kind])}</span>
      <code>{letter.name}</code>
      <span class="letter-times">
        {t('attempts', { n: letter.attempts })}
        {' · '}
        <Since at={letter.parkedAt} />
      </span>
    </div>
    <p class="letter-reason">
      <bdi>{letter.reason}</bdi>
    </p>
    <div class="letter-actions">
      {letter.conversationId === null ? null : (
        <a class="button is-quiet" href={paths.conversation(letter.conversationId)}>
          <Icon name="chats" />
          {t('openConversation')}
        </a>
      )}
      {writer ? (
        <>
          <button type="button" class="button is-quiet" onClick={onDiscard}>
            <Icon name="trash" />
            {t('discardIt')}
          </button>
          <button type="button" class="button" onClick={onRetry}>
            <Icon name="retry" />
            {t('retryIt')}
          </button>
        </>
      ) : null}
    </div>
  </li>
);

export const DeadLetters = () => {
  const letters = usePages(api.deadLetters.list);
  const writer = useStore(appStore, mayWrite);
  const [discarding, setDiscarding] = useState<DeadLetter | null>(null);
  const decide = async (letter: DeadLetter, work: Promise<unknown>, done: MessageKey): Promise<void> => {
    try {
      await work;
      letters.update((items) => items.filter((item) => item.id !== letter.id));
      toast('good', t(done));
    } catch (error) {
      trouble(error);
      letters.reload();
    }
  };
  return (
    <>
      <p class="quiet-note">{t('deadLead')}</p>
      {letters.status === 'loading' && letters.items.length === 0 ? <Skeleton rows={4} kind="row" /> : null}
      {letters.error === null ? null : <Failure error={letters.error} onRetry={letters.reload} />}
      {letters.status === 'ready' && letters.items.length === 0 ? (
        <Empty icon="check" title={t('emptyDead')} lead={t('emptyDeadLead')} />
      ) : null}
      <ul class="cards">
        {letters.items.map((letter) => (
          <Letter
            key={letter.id}
            letter={letter}
            writer={writer}
            onRetry={() => void decide(letter, api.deadLetters.retry(letter.id), 'retried')}
            onDiscard={() => setDiscarding(letter)}
          />
        ))}
      </ul>
      {letters.hasMore ? (
        <button type="button" class="button is-quiet" onClick={letters.more}>
          {t('more')}
        </button>
      ) : null}
      {discarding === null ? null : (
        <Confirm
          title={t('discardTitle')}
          lead={t('discardLead')}
          yes={t('discardIt')}
          onYes={() => void decide(discarding, api.deadLetters.discard(discarding.id), 'discarded')}
          onClose={() => setDiscarding(null)}
        />
      )}
    </>
  );
};

/** Armed timers: what comes by itself, and when. */
import { paths } from '../app/paths.ts';
import { api } from '../app/services.ts';
import { Until } from '../components/ticking.tsx';
import { say, t } from '../i18n/i18n.ts';
import { Listed } from './listed.tsx';

/** Conversations have a page of their own; other actors (reviews) have none. */
const isConversation = (kind: string): boolean => kind === 'conversation';

/** The phone that ends a conversation's id, which is what people know; other ids as they are. */
const whose = (id: string): string => {
  const phone = /:(\d{6,})$/.exec(id)?.[1];
  return phone === undefined ? id : `+${phone}`;
};

export const Timers = () => (
  <Listed
    fetch={api.queues.timers}
    icon="clock"
    empty={t('timersNone')}
    head={[t('timerWhat'), t('timerDue'), t('timerWhose')]}
    row={(timer) => (
      <tr key={`${timer.conversationId} ${timer.timerId}`}>
        <td>{say(timer.label)}</td>
        <td>
          <Until at={timer.dueAt} />
        </td>
        <td>
          {isConversation(timer.kind) ? (
            <a href={paths.conversation(timer.conversationId)}>
              <bdi dir="ltr">{whose(timer.conversationId)}</bdi>
            </a>
          ) : (
            <bdi>{timer.conversationId}</bdi>
          )}
        </td>
      </tr>
    )}
  />
);

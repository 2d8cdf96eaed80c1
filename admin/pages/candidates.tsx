/** Answers of managers that an administrator may publish as articles, in their own or in better words (domain 21.6). */
import { useState } from 'preact/hooks';
import type { Candidate } from '../api/types.ts';
import { paths } from '../app/paths.ts';
import { api, appStore, messageOf, toast, trouble } from '../app/services.ts';
import { LanguageTag } from '../components/chips.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Icon } from '../components/icon.tsx';
import { Failure } from '../components/states.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { t } from '../i18n/i18n.ts';
import { useStore } from '../lib/use-store.ts';
import { usePages } from './use-pages.ts';

/** The API's limits (runtime/api/requests.ts). */
const MAX_TITLE_CHARS = 300;
const MAX_BODY_CHARS = 20_000;

interface ApproveProps {
  readonly candidate: Candidate;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

const ApproveDialog = ({ candidate, onDone, onClose }: ApproveProps) => {
  const [title, setTitle] = useState(candidate.question.slice(0, MAX_TITLE_CHARS));
  const [body, setBody] = useState(candidate.answer);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const publish = async (): Promise<void> => {
    setBusy(true);
    try {
      await api.candidates.approve(candidate.id, { title, body });
      onDone();
    } catch (error) {
      setProblem(messageOf(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('candidateApproveTitle')} lead={t('candidateApproveLead')} wide onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void publish();
        }}
      >
        <Doubts candidate={candidate} />
        <label class="field">
          <span>{t('articleTitle')}</span>
          <input
            type="text"
            dir="auto"
            required
            maxLength={MAX_TITLE_CHARS}
            value={title}
            onInput={(event) => setTitle(event.currentTarget.value)}
          />
        </label>
        <label class="field">
          <span>{t('articleBody')}</span>
          <textarea
            rows={8}
            dir="auto"
            required
            maxLength={MAX_BODY_CHARS}
            value={body}
            onInput={(event) => setBody(event.currentTarget.value)}
          />
        </label>
        {problem === null ? null : (
          <p class="notice is-bad" role="alert">
            {problem}
          </p>
        )}
        <div class="dialog-actions">
          <button type="button" class="button" onClick={onClose}>
            {t('cancel')}
          </button>
          <button
            type="submit"
            class="button is-primary"
            disabled={busy || title.trim() === '' || body.trim() === ''}
          >
            {t('candidatePublish')}
          </button>
        </div>
      </form>
    </Dialog>
  );
};

/** By the names of machines/knowledge/candidate.ts; one that is newer than this page is shown as it is. */
const DOUBTS: Readonly<Record<string, MessageKey>> = {
  date: 'doubtDate',
  place: 'doubtPlace',
  offer: 'doubtOffer',
  customer: 'doubtCustomer',
  call_back: 'doubtCallBack',
  absolute: 'doubtAbsolute',
  too_short: 'doubtTooShort',
};

const doubtWord = (doubt: string): string => {
  const words = DOUBTS[doubt];
  return words === undefined ? doubt : t(words);
};

const Doubts = ({ candidate }: { candidate: Candidate }) =>
  candidate.doubts.length === 0 ? null : (
    <p class="candidate-doubts">
      <Icon name="alert" />
      {t('candidateDoubts', { doubts: candidate.doubts.map(doubtWord).join(t('listComma')) })}
    </p>
  );

interface CardProps {
  readonly candidate: Candidate;
  readonly onApprove: () => void;
  readonly onReject: () => void;
}

const CandidateCard = ({ candidate, onApprove, onReject }: CardProps) => (
  <li class="card article candidate">
    <div class="article-head">
      <LanguageTag language={candidate.language} />
      <span>{t('candidateBy', { name: candidate.proposedBy })}</span>
      {candidate.conversationId === null ? null : (
        <a href={paths.conversation(candidate.conversationId)}>{t('openConversation')}</a>
      )}
    </div>
    <h3 dir="auto">{candidate.question}</h3>
    <p class="article-body" dir="auto">
      {candidate.answer}
    </p>
    <Doubts candidate={candidate} />
    <div class="article-actions">
      <button type="button" class="button is-quiet" onClick={onReject}>
        {t('candidateReject')}
        <span class="visually-hidden">: {candidate.question}</span>
      </button>
      <button type="button" class="button" onClick={onApprove}>
        <Icon name="check" />
        {t('candidateApprove')}
        <span class="visually-hidden">: {candidate.question}</span>
      </button>
    </div>
  </li>
);

/** @param onPublished the list of articles has one more */
export const Candidates = ({ onPublished }: { onPublished: () => void }) => {
  const pages = usePages(api.candidates.list);
  const admin = useStore(appStore, (context) => context.session?.role === 'admin');
  const [approving, setApproving] = useState<Candidate | null>(null);
  const drop = (id: string): void => pages.update((items) => items.filter((item) => item.id !== id));
  const reject = async ({ id }: Candidate): Promise<void> => {
    try {
      await api.candidates.reject(id);
      drop(id);
      toast('good', t('candidateRejected'));
    } catch (error) {
      trouble(error);
      pages.reload();
    }
  };
  // Installations without managers' answers have no such list; an empty one needs no words.
  if (!admin) return null;
  if (pages.error !== null && pages.error.status !== 404) {
    return <Failure error={pages.error} onRetry={pages.reload} />;
  }
  if (pages.items.length === 0) return null;
  return (
    <section class="candidates" aria-label={t('candidates')}>
      <h2>{t('candidates')}</h2>
      <p>{t('candidatesLead')}</p>
      <ul class="cards is-grid">
        {pages.items.map((candidate) => (
          <CandidateCard
            key={candidate.id}
            candidate={candidate}
            onApprove={() => setApproving(candidate)}
            onReject={() => void reject(candidate)}
          />
        ))}
      </ul>
      {pages.hasMore ? (
        <button type="button" class="button is-quiet" onClick={pages.more}>
          {t('more')}
        </button>
      ) : null}
      {approving === null ? null : (
        <ApproveDialog
          candidate={approving}
          onDone={() => {
            drop(approving.id);
            setApproving(null);
            toast('good', t('candidateApproved'));
            onPublished();
          }}
          onClose={() => setApproving(null)}
        />
      )}
    </section>
  );
};

/** Tries a draft on a past conversation before it is in force: what the bot said then, and what it would say now. */
import { useState } from 'preact/hooks';
import type { PromptTrial, Summary } from '../api/types.ts';
import { paths } from '../app/paths.ts';
import { api, listStore, messageOf } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import { say, t } from '../i18n/i18n.ts';
import { useStore } from '../lib/use-store.ts';

/** Conversations offered; others are found by opening them and coming back. */
const MAX_OFFERED = 60;

const Said = ({ title, said }: { title: string; said: PromptTrial['after'] | null }) => (
  <div class="trial-said">
    <h3>{title}</h3>
    {said === null ? <p class="quiet-note">{t('trialForgotten')}</p> : null}
    {said?.text == null || said.text === '' ? null : (
      <p class="trial-text" dir="auto">
        {said.text}
      </p>
    )}
    {said?.tools.map((tool, index) => (
      <p key={index} class="trial-tool">
        <Icon name="tool" />
        <code>{tool.name}</code> <bdi>{tool.arguments}</bdi>
      </p>
    ))}
  </div>
);

const Outcome = ({ trial, conversationId }: { trial: PromptTrial; conversationId: string }) => (
  <div class="trial">
    <p class="trial-question" dir="auto">
      {trial.question}
    </p>
    <div class="trial-pair">
      <Said title={t('trialBefore')} said={trial.before} />
      <Said title={t('trialAfter')} said={trial.after} />
    </div>
    {trial.faults.length === 0 ? (
      <p class="trial-verdict is-good">
        <Icon name="check" /> {t('trialPasses')}
      </p>
    ) : (
      <div class="trial-verdict is-bad">
        <p>
          <Icon name="alert" /> {t('trialFails')}
        </p>
        <ul>
          {trial.faults.map((fault) => (
            <li key={fault} dir="auto">
              {fault}
            </li>
          ))}
        </ul>
      </div>
    )}
    <p class="quiet-note">
      <bdi>
        {trial.model} · ${trial.costUsd}
      </bdi>{' '}
      · <a href={paths.conversation(conversationId)}>{t('openConversation')}</a>
    </p>
  </div>
);

const nameOf = (item: Summary): string =>
  `${item.name ?? item.phone ?? item.chatId} · ${say(item.stateLabel)}`;

export const Trial = ({ section, body }: { section: string; body: string }) => {
  const byId = useStore(listStore, (context) => context.byId);
  const shown = useStore(listStore, (context) => context.shown);
  const [chosen, setChosen] = useState('');
  const [busy, setBusy] = useState(false);
  const [trial, setTrial] = useState<PromptTrial | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const conversationId = chosen === '' ? (shown[0] ?? '') : chosen;
  const run = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      setTrial(await api.prompts.trial({ conversationId, sections: [{ section, body }] }));
    } catch (error) {
      setTrial(null);
      setProblem(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  if (shown.length === 0) return <p class="quiet-note">{t('trialNobody')}</p>;
  return (
    <section class="trial-box" aria-label={t('trialTitle')}>
      <h3>{t('trialTitle')}</h3>
      <p class="quiet-note">{t('trialLead')}</p>
      <div class="trial-ask">
        <label class="select">
          <span class="visually-hidden">{t('conversations')}</span>
          <select value={conversationId} onChange={(event) => setChosen(event.currentTarget.value)}>
            {shown.slice(0, MAX_OFFERED).map((id) => {
              const item = byId.get(id);
              return item === undefined ? null : (
                <option key={id} value={id}>
                  {nameOf(item)}
                </option>
              );
            })}
          </select>
          <Icon name="down" />
        </label>
        <button type="button" class="button" disabled={busy} onClick={() => void run()}>
          <Icon name="play" />
          {t(busy ? 'trialRuns' : 'trialRun')}
        </button>
      </div>
      <div role="status">
        {problem === null ? null : <p class="field-issue">{problem}</p>}
        {trial === null ? null : <Outcome trial={trial} conversationId={conversationId} />}
      </div>
    </section>
  );
};

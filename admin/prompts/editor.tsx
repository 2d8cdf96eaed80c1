/** One section: its text in force, a draft, what the draft changes, a trial, and the versions of before. */
import { useEffect, useState } from 'preact/hooks';
import type { Prompt } from '../api/types.ts';
import { api, appStore, messageOf, toast, trouble } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import { Skeleton } from '../components/states.tsx';
import { Since } from '../components/ticking.tsx';
import { t } from '../i18n/i18n.ts';
import { useStore } from '../lib/use-store.ts';
import { DiffView } from './diff-view.tsx';
import { Trial } from './trial.tsx';

/** The API's limits (runtime/api/house-schemas.ts). */
const MAX_SECTION_CHARS = 12_000;
const MAX_NOTE_CHARS = 500;

interface VersionProps {
  readonly version: Prompt;
  readonly current: Prompt;
  readonly admin: boolean;
  readonly onTake: () => void;
  readonly onActivate: () => void;
}

const Version = ({ version, current, admin, onTake, onActivate }: VersionProps) => (
  <li class="version">
    <details>
      <summary>
        <strong>{t('promptVersion', { version: version.version })}</strong>
        {version.active ? <span class="chip is-bot">{t('promptInForce')}</span> : null}
        <span class="version-note" dir="auto">
          {version.note ?? ''}
        </span>
        <span class="version-who">
          <bdi>{version.createdBy}</bdi> · <Since at={version.createdAt} />
        </span>
      </summary>
      <DiffView before={version.body} after={current.body} />
      {admin ? (
        <div class="version-acts">
          <button type="button" class="button is-quiet" onClick={onTake}>
            <Icon name="edit" />
            {t('promptTake')}
          </button>
          {version.active ? null : (
            <button type="button" class="button" onClick={onActivate}>
              <Icon name="return" />
              {t('promptRollBack')}
            </button>
          )}
        </div>
      ) : null}
    </details>
  </li>
);

const useVersions = (section: string) => {
  const [versions, setVersions] = useState<readonly Prompt[] | null>(null);
  const load = (): void => {
    api.prompts.versions(section).then((page) => setVersions(page.items), trouble);
  };
  useEffect(load, [section]);
  return { versions, load };
};

export interface EditorProps {
  readonly current: Prompt;
  readonly onChanged: () => void;
}

export const Editor = ({ current, onChanged }: EditorProps) => {
  const admin = useStore(appStore, (context) => context.session?.role === 'admin');
  const [body, setBody] = useState(current.body);
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { versions, load } = useVersions(current.section);
  const changed = body !== current.body;
  const settle = async (work: Promise<Prompt>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const saved = await work;
      toast('good', t(saved.active ? 'promptNowInForce' : 'promptKept', { version: saved.version }));
      setNote('');
      if (saved.active) setBody(saved.body);
      load();
      onChanged();
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  const save = (activate: boolean): Promise<void> =>
    settle(
      api.prompts.save({
        section: current.section,
        body,
        note: note.trim() === '' ? null : note.trim(),
        activate,
      }),
    );
  return (
    <section class="prompt-editor" aria-label={current.section}>
      <label class="field">
        <span>{t('promptText')}</span>
        <textarea
          rows={12}
          dir="auto"
          maxLength={MAX_SECTION_CHARS}
          readOnly={!admin}
          value={body}
          onInput={(event) => setBody(event.currentTarget.value)}
        />
      </label>
      {changed ? (
        <>
          <h3>{t('promptDiff')}</h3>
          <DiffView before={current.body} after={body} />
          <label class="field">
            <span>{t('promptNote')}</span>
            <input
              dir="auto"
              maxLength={MAX_NOTE_CHARS}
              value={note}
              onInput={(event) => setNote(event.currentTarget.value)}
            />
          </label>
          {problem === null ? null : <p class="field-issue">{problem}</p>}
          <div class="prompt-acts">
            <button type="button" class="button is-quiet" onClick={() => setBody(current.body)}>
              {t('promptReset')}
            </button>
            <button type="button" class="button" disabled={busy} onClick={() => void save(false)}>
              {t('promptKeep')}
            </button>
            <button type="button" class="button is-primary" disabled={busy} onClick={() => void save(true)}>
              <Icon name="check" />
              {t('promptActivate')}
            </button>
          </div>
        </>
      ) : null}
      {admin ? <Trial section={current.section} body={body} /> : null}
      <h3>{t('promptVersions')}</h3>
      {versions === null ? <Skeleton rows={3} kind="row" /> : null}
      <ul class="versions">
        {(versions ?? []).map((version) => (
          <Version
            key={version.id}
            version={version}
            current={current}
            admin={admin}
            onTake={() => setBody(version.body)}
            onActivate={() => void settle(api.prompts.activate(version.id))}
          />
        ))}
      </ul>
    </section>
  );
};

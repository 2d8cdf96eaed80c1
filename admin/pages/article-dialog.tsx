/** Writes one article; the server's complaints stand beside their fields. */
import { useId, useState } from 'preact/hooks';
import type { ArticleDraft } from '../api/endpoints.ts';
import { ApiError, type Issue } from '../api/error.ts';
import type { Article } from '../api/types.ts';
import { api, messageOf } from '../app/services.ts';
import { Dialog } from '../components/dialog.tsx';
import { t } from '../i18n/i18n.ts';

/** The API's limits (runtime/api/requests.ts). */
const MAX_TITLE_CHARS = 300;
const MAX_BODY_CHARS = 20_000;

const KINDS = [
  ['faq', 'kindFaq'],
  ['rule', 'kindRule'],
  ['value', 'kindValue'],
] as const;
const LANGUAGES = [
  ['en', 'english'],
  ['ar', 'arabic'],
] as const;

const EMPTY: ArticleDraft = { kind: 'faq', title: '', body: '', language: 'en' };

interface Problem {
  readonly message: string;
  readonly issues: readonly Issue[];
}

interface ChoiceProps<T extends string> {
  readonly legend: string;
  readonly options: readonly (readonly [T, Parameters<typeof t>[0]])[];
  readonly value: T;
  readonly onChoose: (value: T) => void;
}

const Choice = <T extends string>({ legend, options, value, onChoose }: ChoiceProps<T>) => {
  const name = useId();
  return (
    <fieldset class="segments">
      <legend>{legend}</legend>
      {options.map(([option, words]) => (
        <label key={option} class="segment">
          <input type="radio" name={name} checked={option === value} onChange={() => onChoose(option)} />
          <span>{t(words)}</span>
        </label>
      ))}
    </fieldset>
  );
};

const IssueLine = ({ problem, path }: { problem: Problem | null; path: string }) => {
  const issue = problem?.issues.find((one) => one.path.endsWith(path));
  return issue === undefined ? null : <span class="field-issue">{issue.message}</span>;
};

interface FieldsProps {
  readonly draft: ArticleDraft;
  readonly problem: Problem | null;
  readonly onChange: (part: Partial<ArticleDraft>) => void;
}

const Fields = ({ draft, problem, onChange }: FieldsProps) => (
  <>
    <div class="form-row">
      <Choice
        legend={t('articleKind')}
        options={KINDS}
        value={draft.kind}
        onChoose={(kind) => onChange({ kind })}
      />
      <Choice
        legend={t('language')}
        options={LANGUAGES}
        value={draft.language}
        onChoose={(language) => onChange({ language })}
      />
    </div>
    <label class="field">
      <span>{t('articleTitle')}</span>
      <input
        type="text"
        dir="auto"
        required
        maxLength={MAX_TITLE_CHARS}
        value={draft.title}
        onInput={(event) => onChange({ title: event.currentTarget.value })}
      />
      <IssueLine problem={problem} path="title" />
    </label>
    <label class="field">
      <span>{t('articleBody')}</span>
      <textarea
        rows={10}
        dir="auto"
        required
        maxLength={MAX_BODY_CHARS}
        value={draft.body}
        onInput={(event) => onChange({ body: event.currentTarget.value })}
      />
      <IssueLine problem={problem} path="body" />
    </label>
    {problem === null ? null : (
      <p class="notice is-bad" role="alert">
        {problem.message}
      </p>
    )}
  </>
);

export interface ArticleDialogProps {
  readonly article: Article | null;
  readonly onSaved: (article: Article) => void;
  readonly onClose: () => void;
}

export const ArticleDialog = ({ article, onSaved, onClose }: ArticleDialogProps) => {
  const [draft, setDraft] = useState<ArticleDraft>(() =>
    article === null
      ? EMPTY
      : { kind: article.kind, title: article.title, body: article.body, language: article.language },
  );
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      onSaved(
        await (article === null ? api.knowledge.create(draft) : api.knowledge.update(article.id, draft)),
      );
    } catch (error) {
      setProblem({ message: messageOf(error), issues: error instanceof ApiError ? error.issues : [] });
      setBusy(false);
    }
  };
  return (
    <Dialog title={t(article === null ? 'newArticle' : 'editArticle')} wide onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Fields
          draft={draft}
          problem={problem}
          onChange={(part) => setDraft((old) => ({ ...old, ...part }))}
        />
        <div class="dialog-actions">
          <button type="button" class="button" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" class="button is-primary" disabled={busy}>
            {t('save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
};

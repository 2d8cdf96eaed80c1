/** The shop's settings: typed fields, checked by the server, each change kept with who and when (domain 24.7). */
import { useEffect, useState } from 'preact/hooks';
import { ApiError, type Issue } from '../api/error.ts';
import type { SettingsDocument } from '../api/types.ts';
import { api, appStore, messageOf, toast } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import { Failure, Skeleton } from '../components/states.tsx';
import { Tabs } from '../components/tabs.tsx';
import { Since } from '../components/ticking.tsx';
import { t } from '../i18n/i18n.ts';
import { useStore } from '../lib/use-store.ts';
import { Listed } from '../queues/listed.tsx';
import { FieldControl } from '../settings/field-control.tsx';
import { type Field, groupsOf, parsedOf, patchOf, shownOf } from '../settings/fields.ts';
import { groupLabelOf } from '../settings/labels.ts';
import '../styles/house.css';
import '../styles/settings.css';
import { PageHead } from './page-head.tsx';

const History = () => (
  <Listed
    fetch={api.settings.history}
    icon="settings"
    empty={t('settingsUnchanged')}
    head={[t('auditWhen'), t('auditWho'), t('auditChange')]}
    row={(change) => (
      <tr key={change.id}>
        <td>
          <Since at={change.at} />
        </td>
        <td dir="auto">{change.actor}</td>
        <td>
          <pre class="audit-json" dir="ltr">
            {JSON.stringify(change.patch, null, 2)}
          </pre>
        </td>
      </tr>
    )}
  />
);

/** A complaint of the server about a leaf, or about something within it. */
const issueOf = (issues: readonly Issue[], field: Field): string | null =>
  issues.find(
    ({ path }) =>
      path === field.path || path.startsWith(`${field.path}.`) || path.startsWith(`${field.path}[`),
  )?.message ?? null;

const Form = ({
  document,
  onSaved,
}: {
  document: SettingsDocument;
  onSaved: (now: SettingsDocument) => void;
}) => {
  const admin = useStore(appStore, (context) => context.session?.role === 'admin');
  const [edits, setEdits] = useState<Readonly<Record<string, string>>>({});
  const [issues, setIssues] = useState<readonly Issue[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const groups = groupsOf(document);
  const changed = groups
    .flatMap((group) => group.fields)
    .filter((field) => edits[field.path] !== undefined && edits[field.path] !== shownOf(field));
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const parsed = changed.map((field) => ({ field, read: parsedOf(field, edits[field.path] ?? '') }));
    const wrong = parsed.filter(({ read }) => !read.ok);
    if (wrong.length > 0) {
      setIssues(wrong.map(({ field }) => ({ path: field.path, message: t('settingUnreadable') })));
      return;
    }
    try {
      const patch = patchOf(
        parsed.flatMap(({ field, read }) => (read.ok ? [{ field, value: read.value }] : [])),
      );
      const now = await api.settings.change(patch);
      setEdits({});
      setIssues([]);
      setProblem(null);
      toast('good', t('settingsSaved'));
      onSaved(now);
    } catch (error) {
      setIssues(error instanceof ApiError ? error.issues : []);
      setProblem(messageOf(error));
    }
  };
  return (
    <form class="settings" onSubmit={(event) => void save(event)}>
      {groups.map((group) => (
        <fieldset key={group.name} class="card setting-group" id={`settings-${group.name}`}>
          <legend>{groupLabelOf(group.name)}</legend>
          {group.fields.map((field) => (
            <FieldControl
              key={field.path}
              field={field}
              shown={edits[field.path] ?? shownOf(field)}
              changed={changed.includes(field)}
              issue={issueOf(issues, field)}
              readOnly={!admin}
              onInput={(shown) => setEdits((old) => ({ ...old, [field.path]: shown }))}
            />
          ))}
        </fieldset>
      ))}
      {changed.length === 0 ? null : (
        <div class="settings-save" role="status">
          <span>{problem ?? t('settingsChanged', { n: changed.length })}</span>
          <button type="button" class="button" onClick={() => setEdits({})}>
            {t('cancel')}
          </button>
          <button type="submit" class="button is-primary">
            <Icon name="check" />
            {t('save')}
          </button>
        </div>
      )}
    </form>
  );
};

export const SettingsPage = () => {
  const admin = useStore(appStore, (context) => context.session?.role === 'admin');
  const [part, setPart] = useState<'form' | 'history'>('form');
  const [document, setDocument] = useState<SettingsDocument | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const load = (): void => {
    setError(null);
    api.settings.read().then(setDocument, (cause: unknown) => {
      if (!(cause instanceof ApiError)) throw cause;
      setError(cause);
    });
  };
  useEffect(load, []);
  const tabs = [
    ['form', t('settingsForm')],
    ...(admin ? [['history', t('settingsHistory')] as const] : []),
  ] as const;
  return (
    <div class="page">
      <PageHead title={t('shopSettings')} lead={t('settingsLead')} />
      {error === null ? null : <Failure error={error} onRetry={load} />}
      {document === null && error === null ? <Skeleton rows={8} kind="row" /> : null}
      {document === null ? null : (
        <Tabs label={t('shopSettings')} tabs={tabs} chosen={part} onChoose={setPart}>
          {part === 'form' ? <Form document={document} onSaved={setDocument} /> : <History />}
        </Tabs>
      )}
    </div>
  );
};

/** Who changed what, newest first (domain 24.4). */
import { useState } from 'preact/hooks';
import type { AuditEntry } from '../api/types.ts';
import { api } from '../app/services.ts';
import { Since } from '../components/ticking.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { t } from '../i18n/i18n.ts';
import { Listed } from '../queues/listed.tsx';

/** Beginnings of kinds of acts, as the API names them, and their words. */
const KINDS: readonly (readonly [string, MessageKey])[] = [
  ['conversation.', 'conversations'],
  ['settings.', 'shopSettings'],
  ['prompt.', 'prompts'],
  ['knowledge.', 'knowledge'],
  ['user.', 'users'],
  ['session.', 'auditSessions'],
  ['deadLetter.', 'parked'],
];

const Change = ({ entry }: { entry: AuditEntry }) => {
  const parts = { before: entry.before, after: entry.after };
  if (entry.before == null && entry.after == null) return <span>—</span>;
  return (
    <details>
      <summary>{t('auditShow')}</summary>
      <pre class="audit-json" dir="ltr">
        {JSON.stringify(parts, null, 2)}
      </pre>
    </details>
  );
};

export const AuditList = () => {
  const [kind, setKind] = useState('');
  return (
    <>
      <div class="tab-head">
        <p class="quiet-note">{t('auditLead')}</p>
        <select
          class="plain-select"
          aria-label={t('auditKind')}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value)}
        >
          <option value="">{t('auditAll')}</option>
          {KINDS.map(([kindOf, words]) => (
            <option key={kindOf} value={kindOf}>
              {t(words)}
            </option>
          ))}
        </select>
      </div>
      <Listed
        key={kind}
        fetch={(cursor) => api.audit.list({ action: kind === '' ? undefined : kind }, cursor)}
        icon="note"
        empty={t('auditNone')}
        head={[t('auditWhen'), t('auditWho'), t('auditWhat'), t('auditOn'), t('auditChange')]}
        row={(entry) => (
          <tr key={entry.id}>
            <td>
              <Since at={entry.at} />
            </td>
            <td dir="auto">{entry.actor}</td>
            <td>
              <code>{entry.action}</code>
            </td>
            <td class="audit-target">
              <bdi>{entry.target}</bdi>
            </td>
            <td>
              <Change entry={entry} />
            </td>
          </tr>
        )}
      />
    </>
  );
};

/** What the model is told: sections, their versions, and a trial before anything is in force (domain 24.3). */
import { useState } from 'preact/hooks';
import { api } from '../app/services.ts';
import { Empty, Failure, Skeleton } from '../components/states.tsx';
import { t } from '../i18n/i18n.ts';
import { Editor } from '../prompts/editor.tsx';
import '../styles/house.css';
import '../styles/prompts.css';
import { PageHead } from './page-head.tsx';
import { usePages } from './use-pages.ts';

export const PromptsPage = () => {
  const sections = usePages(api.prompts.active);
  const [chosen, setChosen] = useState<string | null>(null);
  const current = sections.items.find(({ section }) => section === chosen) ?? sections.items[0];
  return (
    <div class="page">
      <PageHead title={t('prompts')} lead={t('promptsLead')} />
      {sections.error === null ? null : <Failure error={sections.error} onRetry={sections.reload} />}
      {sections.status === 'loading' && sections.items.length === 0 ? <Skeleton rows={6} kind="row" /> : null}
      {sections.status === 'ready' && sections.items.length === 0 ? (
        <Empty icon="prompt" title={t('prompts')} lead={t('promptsNone')} />
      ) : null}
      {current === undefined ? null : (
        <div class="prompts">
          <div class="prompt-sections" role="tablist" aria-label={t('prompts')}>
            {sections.items.map(({ section, version }) => (
              <button
                key={section}
                type="button"
                role="tab"
                class="prompt-section"
                aria-selected={section === current.section}
                onClick={() => setChosen(section)}
              >
                <span>{section}</span>
                <small>{t('promptVersion', { version })}</small>
              </button>
            ))}
          </div>
          <Editor key={current.section} current={current} onChanged={sections.reload} />
        </div>
      )}
    </div>
  );
};

/** Writes with an approved template: chosen, filled, read before it goes. */
import { useEffect, useState } from 'preact/hooks';
import type { Template } from '../api/types.ts';
import { api, messageOf } from '../app/services.ts';
import { Dialog } from '../components/dialog.tsx';
import { Icon } from '../components/icon.tsx';
import { Skeleton } from '../components/states.tsx';
import { useConversation, useOpened } from '../conversation/context.ts';
import { t } from '../i18n/i18n.ts';
import { aroundBlank, fillTemplate, usableTemplates } from './template-text.ts';

/** The API's limit for one value (runtime/api/requests.ts). */
const MAX_VALUE_CHARS = 1024;

/** The templates of this conversation's channel; null while they are on their way. */
const useTemplates = () => {
  const detail = useConversation((context) => context.detail);
  const [state, setState] = useState<{ all: readonly Template[] | null; error: string | null }>({
    all: null,
    error: null,
  });
  useEffect(() => {
    let stopped = false;
    api.operations.templates().then(
      ({ items }) => stopped || setState({ all: items, error: null }),
      (error: unknown) => stopped || setState({ all: null, error: messageOf(error) }),
    );
    return () => {
      stopped = true;
    };
  }, []);
  const usable =
    state.all === null || detail === null
      ? null
      : usableTemplates(state.all, detail.channelId, detail.language);
  return { templates: usable, error: state.error };
};

const Choice = ({
  templates,
  onChoose,
}: {
  templates: readonly Template[];
  onChoose: (template: Template) => void;
}) => (
  <ul class="template-choice">
    {templates.map((template) => (
      <li key={template.id}>
        <button type="button" onClick={() => onChoose(template)}>
          <strong>
            <bdi>{template.title ?? template.name ?? template.id}</bdi>
            {template.language === null ? null : <span class="language-tag">{template.language}</span>}
          </strong>
          <span dir="auto">{template.text}</span>
        </button>
      </li>
    ))}
  </ul>
);

interface FillingProps {
  readonly template: Template;
  readonly onBack: () => void;
  readonly onSend: (values: readonly string[]) => void;
}

const Filling = ({ template, onBack, onSend }: FillingProps) => {
  const [values, setValues] = useState<readonly string[]>(() =>
    Array.from({ length: template.blanks }, () => ''),
  );
  const complete = values.every((value) => value.trim() !== '');
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) onSend(values.map((value) => value.trim()));
      }}
    >
      {values.map((value, index) => (
        <label key={index} class="field">
          <span>{t('templateBlank', { number: index + 1 })}</span>
          <input
            type="text"
            dir="auto"
            required
            maxLength={MAX_VALUE_CHARS}
            placeholder={aroundBlank(template.text, index + 1)}
            value={value}
            onInput={(event) => setValues(values.with(index, event.currentTarget.value))}
          />
        </label>
      ))}
      <figure class="template-preview">
        <figcaption>{t('templatePreview')}</figcaption>
        <p dir="auto">{fillTemplate(template.text, values)}</p>
      </figure>
      <div class="dialog-actions">
        <button type="button" class="button" onClick={onBack}>
          {t('templateOther')}
        </button>
        <button type="submit" class="button is-primary" disabled={!complete}>
          <Icon name="send" directed />
          {t('templateSend')}
        </button>
      </div>
    </form>
  );
};

export const TemplateDialog = ({ onClose }: { onClose: () => void }) => {
  const { actions } = useOpened();
  const { templates, error } = useTemplates();
  const [chosen, setChosen] = useState<Template | null>(null);
  return (
    <Dialog title={t('templateTitle')} lead={t('templateLead')} wide onClose={onClose}>
      {error === null ? null : (
        <p class="notice is-bad" role="alert">
          {error}
        </p>
      )}
      {templates === null && error === null ? <Skeleton rows={3} kind="row" /> : null}
      {templates?.length === 0 ? <p class="quiet-note">{t('templateNone')}</p> : null}
      {chosen === null && templates !== null ? <Choice templates={templates} onChoose={setChosen} /> : null}
      {chosen === null ? null : (
        <Filling
          template={chosen}
          onBack={() => setChosen(null)}
          onSend={(values) => {
            const text = fillTemplate(chosen.text, values);
            void actions.write('manager', text, { template: { id: chosen.id, values } });
            onClose();
          }}
        />
      )}
    </Dialog>
  );
};

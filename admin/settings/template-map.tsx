/** Which approved template goes out at which step and in which language, and what fills its blanks. */
import { useEffect, useState } from 'preact/hooks';
import type { Template } from '../api/types.ts';
import { api, trouble } from '../app/services.ts';
import type { MessageKey } from '../i18n/en.ts';
import { t } from '../i18n/i18n.ts';
import {
  type TemplateMap as Choices,
  fitted,
  type TemplateChoice,
  type TemplateName,
  withChoice,
} from './template-names.ts';

const WHAT: Readonly<Record<TemplateName['what'], MessageKey>> = {
  followUp: 'tmplFollowUp',
  quiet: 'tmplQuiet',
  agreed: 'tmplAgreed',
  any: 'tmplAny',
  silence: 'tmplSilence',
};

const wordsOf = ({ what, step, language }: TemplateName): string =>
  `${t(WHAT[what], { n: step })} · ${t(language === 'ar' ? 'arabic' : 'english')}`;

/** The approved templates of all channels; empty until they are known. */
const useApproved = (): readonly Template[] => {
  const [templates, setTemplates] = useState<readonly Template[]>([]);
  useEffect(() => {
    let wanted = true;
    api.operations.templates().then((page) => {
      if (wanted) setTemplates(page.items.filter(({ status }) => status === 'approved'));
    }, trouble);
    return () => {
      wanted = false;
    };
  }, []);
  return templates;
};

interface ChoiceProps {
  readonly name: TemplateName;
  readonly choice: TemplateChoice | undefined;
  readonly templates: readonly Template[];
  readonly readOnly: boolean;
  readonly onChoice: (choice: TemplateChoice | null) => void;
}

const Choice = ({ name, choice, templates, readOnly, onChoice }: ChoiceProps) => {
  const chosen = templates.find(({ id }) => id === choice?.id);
  const gone = choice !== undefined && chosen === undefined;
  const values = choice === undefined ? [] : chosen ? fitted(choice.values, chosen.blanks) : choice.values;
  return (
    <div class="template-setting">
      <label>
        <span>{wordsOf(name)}</span>
        <select
          class="plain-select"
          value={choice?.id ?? ''}
          disabled={readOnly}
          onChange={(event) => {
            const id = event.currentTarget.value;
            const blanks = templates.find((one) => one.id === id)?.blanks ?? 0;
            onChoice(id === '' ? null : { id, values: fitted(choice?.values ?? [], blanks) });
          }}
        >
          <option value="">{t('tmplNone')}</option>
          {gone ? <option value={choice.id}>{t('tmplUnknown', { id: choice.id })}</option> : null}
          {templates.map(({ id, title, name: called, language }) => (
            <option key={id} value={id}>
              {`${title ?? called ?? id}${language === null ? '' : ` (${language})`}`}
            </option>
          ))}
        </select>
      </label>
      {chosen === undefined ? null : (
        <p class="quiet-note" dir="auto">
          {chosen.text}
        </p>
      )}
      {values.map((value, at) => (
        <label key={String(at)} class="template-value">
          <span>{t('tmplBlank', { n: at + 1 })}</span>
          <input
            dir="auto"
            maxLength={500}
            readOnly={readOnly}
            value={value}
            onInput={(event) => {
              const written = event.currentTarget.value;
              if (choice !== undefined) onChoice({ id: choice.id, values: values.with(at, written) });
            }}
          />
        </label>
      ))}
    </div>
  );
};

export interface TemplateMapProps {
  readonly names: readonly TemplateName[];
  readonly map: Choices;
  readonly readOnly: boolean;
  readonly onMap: (map: Choices) => void;
}

export const TemplateMap = ({ names, map, readOnly, onMap }: TemplateMapProps) => {
  const templates = useApproved();
  return (
    <div class="template-map">
      <p class="quiet-note">{t('tmplLead')}</p>
      {names.map((name) => (
        <Choice
          key={name.name}
          name={name}
          choice={map[name.name]}
          templates={templates}
          readOnly={readOnly}
          onChoice={(choice) => onMap(withChoice(map, name.name, choice))}
        />
      ))}
    </div>
  );
};

/** One setting: its words, its control, and what the server says against it. */
import { useId } from 'preact/hooks';
import { t } from '../i18n/i18n.ts';
import { choicesOf, type Field } from './fields.ts';
import { labelOf } from './labels.ts';
import { RuleRows } from './rule-rows.tsx';
import { draftsOf } from './rules.ts';
import { TemplateMap } from './template-map.tsx';
import { type TemplateMap as Choices, templateNamesOf } from './template-names.ts';
import { WordMap, type Words } from './word-map.tsx';

export interface FieldControlProps {
  readonly field: Field;
  readonly shown: string;
  readonly changed: boolean;
  readonly issue: string | null;
  readonly readOnly: boolean;
  readonly onInput: (shown: string) => void;
}

/** The form keeps each field as text: a map is its JSON, written by the control and not by hand. */
const MapControl = ({
  field,
  shown,
  readOnly,
  onInput,
}: Pick<FieldControlProps, 'field' | 'shown' | 'readOnly' | 'onInput'>) => {
  const onMap = (map: object): void => onInput(JSON.stringify(map, null, 2));
  const names = templateNamesOf(field.path);
  return names === null ? (
    <WordMap map={JSON.parse(shown) as Words} label={labelOf(field.path)} readOnly={readOnly} onMap={onMap} />
  ) : (
    <TemplateMap names={names} map={JSON.parse(shown) as Choices} readOnly={readOnly} onMap={onMap} />
  );
};

const Control = ({ id, field, shown, readOnly, onInput }: FieldControlProps & { readonly id: string }) => {
  const choices = choicesOf(field.path);
  if (field.kind === 'switch') {
    return (
      <input
        id={id}
        type="checkbox"
        class="switch"
        checked={shown === 'true'}
        disabled={readOnly}
        onChange={(event) => onInput(String(event.currentTarget.checked))}
      />
    );
  }
  if (choices !== null) {
    return (
      <select
        id={id}
        class="plain-select"
        value={shown}
        disabled={readOnly}
        onChange={(event) => onInput(event.currentTarget.value)}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    );
  }
  if (field.kind === 'templates' || field.kind === 'words') {
    return <MapControl field={field} shown={shown} readOnly={readOnly} onInput={onInput} />;
  }
  if (field.kind === 'rules') {
    return (
      <RuleRows
        rules={draftsOf(shown)}
        label={labelOf(field.path)}
        readOnly={readOnly}
        onRules={(rules) => onInput(JSON.stringify(rules, null, 2))}
      />
    );
  }
  if (field.kind === 'lines' || field.kind === 'json') {
    return (
      <textarea
        id={id}
        rows={Math.min(12, Math.max(2, shown.split('\n').length))}
        dir={field.kind === 'json' ? 'ltr' : 'auto'}
        class={field.kind === 'json' ? 'is-code' : ''}
        readOnly={readOnly}
        value={shown}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    );
  }
  return (
    <input
      id={id}
      inputMode={field.kind === 'number' ? 'numeric' : 'text'}
      dir="auto"
      readOnly={readOnly}
      value={shown}
      onInput={(event) => onInput(event.currentTarget.value)}
    />
  );
};

export const FieldControl = (props: FieldControlProps) => {
  const id = useId();
  return (
    <div class={`setting ${props.changed ? 'is-changed' : ''} is-${props.field.kind}`}>
      <label for={id} class="setting-words">
        {labelOf(props.field.path)}
        {props.field.kind === 'lines' ? <small>{t('settingLines')}</small> : null}
        {props.field.kind === 'json' ? <small>{t('settingJson')}</small> : null}
      </label>
      <Control {...props} id={id} />
      {props.issue === null ? null : <span class="field-issue">{props.issue}</span>}
    </div>
  );
};

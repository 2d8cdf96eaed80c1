/** Words of the shop's own beside what they stand for: a segment and its discount, a stage and its name in the CRM. */
import { useState } from 'preact/hooks';
import { Icon } from '../components/icon.tsx';
import { t } from '../i18n/i18n.ts';

export type Words = Readonly<Record<string, string>>;

export interface WordMapProps {
  readonly map: Words;
  readonly label: string;
  readonly readOnly: boolean;
  readonly onMap: (map: Words) => void;
}

export const WordMap = ({ map, label, readOnly, onMap }: WordMapProps) => {
  const [added, setAdded] = useState('');
  const add = (): void => {
    const name = added.trim();
    if (name === '' || Object.hasOwn(map, name)) return;
    onMap({ ...map, [name]: '' });
    setAdded('');
  };
  const remove = (name: string): void => {
    const { [name]: _, ...others } = map;
    onMap(others);
  };
  return (
    <fieldset class="word-map" aria-label={label}>
      {Object.entries(map).map(([name, value]) => (
        <div key={name} class="word-pair">
          <label>
            <span dir="auto">{name}</span>
            <input
              dir="auto"
              readOnly={readOnly}
              value={value}
              onInput={(event) => onMap({ ...map, [name]: event.currentTarget.value })}
            />
          </label>
          {readOnly ? null : (
            <button
              type="button"
              class="icon-button"
              aria-label={t('mapRemove', { name })}
              title={t('mapRemove', { name })}
              onClick={() => remove(name)}
            >
              <Icon name="trash" />
            </button>
          )}
        </div>
      ))}
      {readOnly ? null : (
        <div class="word-pair">
          <input
            dir="auto"
            aria-label={t('mapName')}
            placeholder={t('mapName')}
            value={added}
            onInput={(event) => setAdded(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              // Enter would save the whole form.
              event.preventDefault();
              add();
            }}
          />
          <button type="button" class="button is-quiet" disabled={added.trim() === ''} onClick={add}>
            <Icon name="plus" />
            {t('mapAdd')}
          </button>
        </div>
      )}
    </fieldset>
  );
};

/** Tabs over parts of a page: arrows move, the chosen part is rendered by the caller. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

export interface TabsProps<K extends string> {
  readonly label: string;
  readonly tabs: readonly (readonly [key: K, words: string])[];
  readonly chosen: K;
  readonly onChoose: (key: K) => void;
  readonly children: ComponentChildren;
}

export const Tabs = <K extends string>({ label, tabs, chosen, onChoose, children }: TabsProps<K>) => {
  const id = useId();
  const move = (event: KeyboardEvent): void => {
    const back = event.key === 'ArrowLeft';
    if (!back && event.key !== 'ArrowRight') return;
    const rtl = document.documentElement.dir === 'rtl';
    const at = tabs.findIndex(([key]) => key === chosen) + (back === rtl ? 1 : -1);
    const next = tabs[(at + tabs.length) % tabs.length];
    if (next === undefined) return;
    onChoose(next[0]);
    document.getElementById(`${id}-${next[0]}`)?.focus();
  };
  return (
    <>
      <div class="tabs" role="tablist" aria-label={label} onKeyDown={move}>
        {tabs.map(([key, words]) => (
          <button
            key={key}
            id={`${id}-${key}`}
            type="button"
            class="tab"
            role="tab"
            aria-selected={key === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={key === chosen ? 0 : -1}
            onClick={() => onChoose(key)}
          >
            {words}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} class="tab-panel" role="tabpanel" aria-labelledby={`${id}-${chosen}`}>
        {children}
      </div>
    </>
  );
};

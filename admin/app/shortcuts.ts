/**
 * Keyboard shortcuts by physical key, so that they stay put on Arabic and Cyrillic layouts. Off while typing, while a
 * dialog is open, and when a key would fight the browser's own.
 */

import { useLayoutEffect, useRef } from 'preact/hooks';
import { defaultKeybindingsHandlerIgnore, tinykeys } from 'tinykeys';

export type Shortcuts = Readonly<Record<string, () => void>>;

const ignore = (event: KeyboardEvent): boolean =>
  defaultKeybindingsHandlerIgnore(event) || document.querySelector('dialog[open]') !== null;

/** Enter and Space belong to the control that has the focus. */
const isOnControl = (event: KeyboardEvent): boolean =>
  event.target instanceof Element && event.target.closest('a, button, summary, [role="button"]') !== null;

/** Binds shortcuts while the component is there; handlers may change at each render. */
export const useShortcuts = (shortcuts: Shortcuts): void => {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  const keys = Object.keys(shortcuts).join(' | ');
  // Bound in the same frame as what they act on: a key pressed the moment a page shows must not fall through.
  useLayoutEffect(() => {
    // A subscription each: in a shared one, the sequence that fires leaves the others half-way, and the next is missed.
    const stops = keys.split(' | ').map((key) =>
      tinykeys(
        window,
        {
          [key]: (event: KeyboardEvent) => {
            if (key === 'Enter' && isOnControl(event)) return;
            const run = latest.current[key];
            if (run === undefined) return;
            event.preventDefault();
            run();
          },
        },
        { ignore },
      ),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, [keys]);
};

/** One key that works while typing too; an open dialog still has the keyboard to itself. */
export const useAlways = (key: string, run: () => void): void => {
  const latest = useRef(run);
  latest.current = run;
  useLayoutEffect(
    () =>
      tinykeys(
        window,
        {
          [key]: (event: KeyboardEvent) => {
            event.preventDefault();
            latest.current();
          },
        },
        { ignore: () => document.querySelector('dialog[open]') !== null },
      ),
    [key],
  );
};

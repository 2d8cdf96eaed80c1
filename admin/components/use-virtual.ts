/** Renders only the rows in sight of a list whose rows have one height. */
import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export interface VirtualRange {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
  readonly before: number;
  readonly after: number;
}

/** Rows rendered beyond each edge, so that a flick of the wheel shows no blank. */
const OVERSCAN = 8;

/** @param rowHeight px, the same for all rows */
export const useVirtual = (
  scroller: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
): VirtualRange => {
  const [view, setView] = useState({ top: 0, height: 1200 });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = (): void => {
      // Whole rows: scrolling within a row renders nothing.
      const top = Math.floor(element.scrollTop / rowHeight) * rowHeight;
      const height = element.clientHeight;
      setView((old) => (old.top === top && old.height === height ? old : { top, height }));
    };
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    const resize = new ResizeObserver(measure);
    resize.observe(element);
    return () => {
      element.removeEventListener('scroll', measure);
      resize.disconnect();
    };
  }, [scroller, rowHeight]);
  const first = Math.max(0, Math.min(count, Math.floor(view.top / rowHeight) - OVERSCAN));
  const end = Math.min(count, Math.ceil((view.top + view.height) / rowHeight) + OVERSCAN);
  return { first, end, before: first * rowHeight, after: (count - end) * rowHeight };
};

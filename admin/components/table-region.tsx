/** A table in a part that scrolls. On phones its rows become cards, and each cell carries the words of its column. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import '../styles/tables.css';
import { ScrollRegion } from './scroll-region.tsx';

/** Writes on each cell what stands above it; one that spans columns stands under none. */
const labelCells = (region: HTMLElement): void => {
  const heads = [...region.querySelectorAll('thead th')].map((head) => head.textContent?.trim() ?? '');
  for (const row of region.querySelectorAll<HTMLTableRowElement>('tbody tr')) {
    for (const [at, cell] of [...row.cells].entries()) {
      const words = heads[at];
      if (cell.colSpan === 1 && words !== undefined && words !== '') cell.dataset.label = words;
    }
  }
};

export interface TableRegionProps {
  readonly label: string;
  /** Further classes of the table. */
  readonly class?: string;
  readonly children: ComponentChildren;
}

export const TableRegion = ({ label, class: name = '', children }: TableRegionProps) => {
  const region = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (region.current !== null) labelCells(region.current);
  });
  return (
    <ScrollRegion class="table-scroll" label={label} scroller={region}>
      <table class={`table is-stacking ${name}`}>{children}</table>
    </ScrollRegion>
  );
};

/** What is pointed at, so that the timeline and the statechart can show the other's part of it. */
import { createStore } from '@xstate/store';

export interface Lit {
  /** The row of the timeline that is pointed at. */
  readonly row: number | null;
  /** Rows of what is pointed at in the statechart. */
  readonly rows: ReadonlySet<number>;
}

const NOTHING: Lit = { row: null, rows: new Set() };

export const litStore = createStore({
  context: NOTHING,
  on: {
    rowPointed: (_context, event: { seq: number }): Lit => ({ row: event.seq, rows: NOTHING.rows }),
    partPointed: (_context, event: { rows: ReadonlySet<number> }): Lit => ({ row: null, rows: event.rows }),
    cleared: (): Lit => NOTHING,
  },
});

/** Renders the end of a long list; what is before it comes on demand, first from memory, then from the server. */
import { useState } from 'preact/hooks';

/** Rows rendered at first and added by each request for more (G10: the page holds no more than was asked for). */
export const TAIL_ROWS = 300;

export interface Tail {
  /** Index of the first row to render. */
  readonly from: number;
  readonly showMore: () => void;
}

/** @param must a row that has to be among the rendered ones; -1 for none */
export const useTail = (count: number, must: number): Tail => {
  const [rows, setRows] = useState(TAIL_ROWS);
  const tail = Math.max(0, count - rows);
  return {
    from: must === -1 ? tail : Math.min(tail, Math.max(0, must - TAIL_ROWS / 2)),
    showMore: () => setRows((old) => old + TAIL_ROWS),
  };
};

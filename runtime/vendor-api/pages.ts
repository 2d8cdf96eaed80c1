/** Our pages over a vendor's larger ones: the cursor says which of its pages, and how many rows of it were shown. */
import type { Page } from '../conversations/views-api.ts';

const CURSOR = /^(\d{1,4})-(\d{1,3})$/;

/** `read` answers the vendor's page `n`, from 1. */
export const pageOver = async <Row, View>(
  query: { readonly limit: number; readonly cursor?: string | undefined },
  read: (n: number) => Promise<{ readonly items: readonly Row[]; readonly hasMore: boolean }>,
  view: (row: Row) => View,
): Promise<Page<View> | 'bad_cursor'> => {
  const match = CURSOR.exec(query.cursor ?? '1-0');
  if (!match || match[1] === '0') return 'bad_cursor';
  const [page, from] = [Number(match[1]), Number(match[2])];
  const { items, hasMore } = await read(page);
  const to = from + query.limit;
  const next = to < items.length ? `${page}-${to}` : hasMore ? `${page + 1}-0` : null;
  return { items: items.slice(from, to).map(view), next };
};

/** What the bot's own search finds for the words that are being typed. */
import { useEffect, useState } from 'preact/hooks';
import type { ScoredProduct } from '../api/types.ts';
import { api, trouble } from '../app/services.ts';

/** Typing rests so long before the search is asked. */
const SEARCH_PAUSE_MS = 220;

/** Arabic letters ask the Arabic side of the index; the rest leaves it to the server. */
const languageOf = (text: string): 'ar' | undefined => (/\p{Script=Arabic}/u.test(text) ? 'ar' : undefined);

/** Results for what is typed; null while nothing is searched for. */
export const useProductSearch = (q: string) => {
  const [hits, setHits] = useState<readonly ScoredProduct[] | null>(null);
  useEffect(() => {
    if (q.trim() === '') {
      setHits(null);
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api.catalog.search(q.trim(), languageOf(q), stop.signal).then(
        (page) => setHits(page.items),
        (error: unknown) => {
          if (!stop.signal.aborted) trouble(error);
        },
      );
    }, SEARCH_PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [q]);
  return hits;
};

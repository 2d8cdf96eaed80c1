/** What the bot would find for a customer's words: the search of a turn itself, with its score. */
import { useEffect, useState } from 'preact/hooks';
import type { FoundArticle } from '../api/types.ts';
import { api, trouble } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import { t } from '../i18n/i18n.ts';

const PAUSE_MS = 300;

const languageOf = (text: string): 'ar' | 'en' => (/\p{Script=Arabic}/u.test(text) ? 'ar' : 'en');

export const WouldFind = () => {
  const [q, setQ] = useState('');
  const [found, setFound] = useState<readonly FoundArticle[] | null>(null);
  useEffect(() => {
    if (q.trim() === '') {
      setFound(null);
      return;
    }
    let wanted = true;
    const timer = setTimeout(() => {
      api.knowledge.search(q.trim(), languageOf(q)).then((page) => {
        if (wanted) setFound(page.items);
      }, trouble);
    }, PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [q]);
  return (
    <section class="card would-find" aria-label={t('foundByBot')}>
      <h2>{t('foundByBot')}</h2>
      <label class="search">
        <Icon name="bot" />
        <span class="visually-hidden">{t('foundByBotHint')}</span>
        <input
          type="search"
          dir="auto"
          maxLength={200}
          placeholder={t('foundByBotHint')}
          value={q}
          onInput={(event) => setQ(event.currentTarget.value)}
        />
      </label>
      <div role="status">
        {found !== null && found.length === 0 ? <p class="quiet-note">{t('foundNothing')}</p> : null}
        {found === null || found.length === 0 ? null : (
          <ol class="found">
            {found.map((article) => (
              <li key={article.id} dir="auto">
                <strong>{article.title}</strong> <bdi class="quiet-note">{article.score.toFixed(2)}</bdi>
              </li>
            ))}
          </ol>
        )}
      </div>
    </section>
  );
};

/** Articles the bot may use: read, write, delete. */
import { useState } from 'preact/hooks';
import type { Article } from '../api/types.ts';
import { api, appStore, toast, trouble } from '../app/services.ts';
import { LanguageTag } from '../components/chips.tsx';
import { Confirm } from '../components/dialog.tsx';
import { Icon } from '../components/icon.tsx';
import { Empty, Failure, Skeleton } from '../components/states.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { intlTag, t } from '../i18n/i18n.ts';
import { WouldFind } from '../knowledge/would-find.tsx';
import { momentOf } from '../lib/time.ts';
import { useStore } from '../lib/use-store.ts';
import { mayWrite } from '../stores/app-store.ts';
import { ArticleDialog } from './article-dialog.tsx';
import { Candidates } from './candidates.tsx';
import { PageHead } from './page-head.tsx';
import { type Pages, usePages } from './use-pages.ts';

export const ARTICLE_KINDS: Readonly<Record<Article['kind'], MessageKey>> = {
  faq: 'kindFaq',
  rule: 'kindRule',
  value: 'kindValue',
};

interface CardProps {
  readonly article: Article;
  readonly writer: boolean;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}

const ArticleCard = ({ article, writer, onEdit, onDelete }: CardProps) => (
  <li class="card article">
    <div class="article-head">
      <span class={`chip kind-${article.kind}`}>{t(ARTICLE_KINDS[article.kind])}</span>
      <LanguageTag language={article.language} />
      <time dateTime={article.updatedAt}>{momentOf(article.updatedAt, intlTag())}</time>
    </div>
    <h2 dir="auto">{article.title}</h2>
    <p class="article-body" dir="auto">
      {article.body}
    </p>
    {writer ? (
      <div class="article-actions">
        <button type="button" class="button is-quiet" onClick={onDelete}>
          <Icon name="trash" />
          {t('deleteArticle')}
          <span class="visually-hidden">: {article.title}</span>
        </button>
        <button type="button" class="button is-quiet" onClick={onEdit}>
          <Icon name="edit" />
          {t('editArticle')}
          <span class="visually-hidden">: {article.title}</span>
        </button>
      </div>
    ) : null}
  </li>
);

const matches = (article: Article, q: string): boolean =>
  `${article.title}\n${article.body}`.toLowerCase().includes(q.trim().toLowerCase());

const SearchField = ({ q, onQ }: { q: string; onQ: (q: string) => void }) => (
  <label class="search is-wide">
    <Icon name="search" />
    <span class="visually-hidden">{t('searchKnowledge')}</span>
    <input
      type="search"
      dir="auto"
      placeholder={t('searchKnowledge')}
      value={q}
      onInput={(event) => onQ(event.currentTarget.value)}
    />
  </label>
);

const Nothing = ({ articles }: { articles: Pages<Article> }) => {
  if (articles.error !== null) return <Failure error={articles.error} onRetry={articles.reload} />;
  if (articles.items.length > 0) return null;
  if (articles.status === 'loading') return <Skeleton rows={5} kind="row" />;
  return <Empty icon="book" title={t('emptyKnowledge')} lead={t('emptyKnowledgeLead')} />;
};

export const KnowledgePage = () => {
  const articles = usePages(api.knowledge.list);
  const writer = useStore(appStore, mayWrite);
  const [q, setQ] = useState('');
  const [editing, setEditing] = useState<Article | 'new' | null>(null);
  const [deleting, setDeleting] = useState<Article | null>(null);
  const found = articles.items.filter((article) => matches(article, q));
  const remove = async ({ id }: Article): Promise<void> => {
    try {
      await api.knowledge.remove(id);
      articles.update((items) => items.filter((item) => item.id !== id));
      toast('good', t('deletedDone'));
    } catch (error) {
      trouble(error);
    }
  };
  const saved = (article: Article): void => {
    articles.update((items) => [article, ...items.filter((item) => item.id !== article.id)]);
    toast('good', t('saved'));
    setEditing(null);
  };
  return (
    <div class="page">
      <PageHead title={t('knowledge')} lead={t('knowledgeLead')}>
        {writer ? (
          <button type="button" class="button is-primary" onClick={() => setEditing('new')}>
            <Icon name="plus" />
            {t('newArticle')}
          </button>
        ) : null}
      </PageHead>
      <WouldFind />
      <Candidates onPublished={articles.reload} />
      {articles.items.length === 0 ? null : <SearchField q={q} onQ={setQ} />}
      <Nothing articles={articles} />
      <ul class="cards is-grid">
        {found.map((article) => (
          <ArticleCard
            key={article.id}
            article={article}
            writer={writer}
            onEdit={() => setEditing(article)}
            onDelete={() => setDeleting(article)}
          />
        ))}
      </ul>
      {articles.hasMore ? (
        <button type="button" class="button is-quiet" onClick={articles.more}>
          {t('more')}
        </button>
      ) : null}
      {editing === null ? null : (
        <ArticleDialog
          article={editing === 'new' ? null : editing}
          onSaved={saved}
          onClose={() => setEditing(null)}
        />
      )}
      {deleting === null ? null : (
        <Confirm
          title={t('deleteArticleTitle')}
          lead={t('deleteArticleLead')}
          yes={t('deleteArticle')}
          onYes={() => void remove(deleting)}
          onClose={() => setDeleting(null)}
        />
      )}
    </div>
  );
};

/** Nothing there, went wrong, on its way: the three ways a page can have no content. */
import type { ComponentChildren } from 'preact';
import type { ApiError } from '../api/error.ts';
import { t } from '../i18n/i18n.ts';
import { Icon } from './icon.tsx';

export interface EmptyProps {
  readonly icon: string;
  readonly title: string;
  readonly lead: string;
  readonly children?: ComponentChildren;
}

export const Empty = ({ icon, title, lead, children }: EmptyProps) => (
  <div class="empty">
    <span class="empty-mark">
      <Icon name={icon} />
    </span>
    <h2>{title}</h2>
    <p>{lead}</p>
    {children}
  </div>
);

export const Failure = ({ error, onRetry }: { error: ApiError; onRetry: () => void }) => (
  <div class="empty is-bad" role="alert">
    <span class="empty-mark">
      <Icon name="alert" />
    </span>
    <h2>{t('somethingFailed')}</h2>
    <p>{error.message}</p>
    <button type="button" class="button" onClick={onRetry}>
      <Icon name="retry" />
      {t('retry')}
    </button>
  </div>
);

/** Grey bars in the shape of what comes. They appear only after a moment, so that a fast answer never flickers. */
export const Skeleton = ({ rows, kind }: { rows: number; kind: 'row' | 'bubble' | 'line' }) => (
  <div class={`skeleton skeleton-${kind}`} aria-hidden="true">
    {Array.from({ length: rows }, (_, index) => (
      <span key={index} class="skeleton-bar" />
    ))}
  </div>
);

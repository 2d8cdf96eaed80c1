/** A titled part of the operations page that is asked for by itself: its failure hides nothing of the others. */
import type { ComponentChildren } from 'preact';
import { Skeleton } from '../components/states.tsx';
import { t } from '../i18n/i18n.ts';
import type { Polled } from './use-polled.ts';

export interface SectionProps<T> {
  readonly title: string;
  readonly lead?: string;
  readonly polled: Polled<T>;
  readonly children: (data: T) => ComponentChildren;
}

export const Section = <T,>({ title, lead, polled, children }: SectionProps<T>) => {
  const { data, error, reload } = polled;
  // A group that this deployment does not have is answered with 404.
  const absent = error?.status === 404;
  return (
    <section class="ops-section">
      <header class="ops-section-head">
        <h2>{title}</h2>
        {lead === undefined ? null : <p>{lead}</p>}
      </header>
      {error === null ? null : (
        <p class={absent ? 'quiet-note' : 'ops-trouble'} role={absent ? undefined : 'alert'}>
          {absent ? t('opsAbsent') : error.message}{' '}
          {absent ? null : (
            <button type="button" class="link-button" onClick={reload}>
              {t('retry')}
            </button>
          )}
        </p>
      )}
      {data === null && error === null ? <Skeleton rows={2} kind="row" /> : null}
      {data === null ? null : children(data)}
    </section>
  );
};

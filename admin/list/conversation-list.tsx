/** The list of conversations: live, virtual, and still while somebody points at it. */
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { list, listStore } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import { Empty, Failure, Skeleton } from '../components/states.tsx';
import { useVirtual } from '../components/use-virtual.ts';
import type { MessageKey } from '../i18n/en.ts';
import { t } from '../i18n/i18n.ts';
import { useStore } from '../lib/use-store.ts';
import { type Filter, NO_FILTER, type Tab } from '../stores/list-order.ts';
import { ListFilters } from './list-filters.tsx';
import { ListRow, ROW_HEIGHT } from './list-row.tsx';

const EMPTY: Readonly<Record<Tab, readonly [MessageKey, MessageKey]>> = {
  all: ['emptyAll', 'emptyAllLead'],
  needs: ['emptyNeeds', 'emptyNeedsLead'],
  bot: ['emptyBot', 'emptyBotLead'],
  customer: ['emptyCustomer', 'emptyCustomerLead'],
  stuck: ['emptyStuck', 'emptyStuckLead'],
};

/** Rows from the end at which the next page is fetched: four screens, so that a flick of the wheel does not reach it. */
const MORE_AT_ROWS = 60;

const HeldPill = ({ scroller }: { scroller: RefObject<HTMLElement | null> }) => {
  const pending = useStore(listStore, (context) => context.pending);
  if (pending === 0) return null;
  return (
    <button
      type="button"
      class="pill list-pill"
      onClick={() => {
        listStore.trigger.flushed();
        scroller.current?.scrollTo({ top: 0 });
      }}
    >
      <Icon name="live" />
      {t('listHeld', { n: pending })}
    </button>
  );
};

const Nothing = ({ filter }: { filter: Filter }) => {
  const [title, lead] = EMPTY[filter.tab];
  if (filter.q === '' && filter.language === 'any' && filter.stage === 'any')
    return <Empty icon="chats" title={t(title)} lead={t(lead)} />;
  return (
    <Empty icon="search" title={t('nothingFound')} lead={t('emptySearchLead')}>
      <button type="button" class="button" onClick={() => list.show(NO_FILTER)}>
        {t('clearSearch')}
      </button>
    </Empty>
  );
};

/** The list stands still while the pointer or the focus is on it, and while it is scrolled away from its top. */
const useHold = (scroller: RefObject<HTMLElement | null>): void => {
  useEffect(() => {
    const element = scroller.current;
    // The pill lies over the list and belongs to it: on the way to it nothing may move either.
    const body = element?.parentElement;
    if (element === null || !body) return;
    let pointed = body.matches(':hover');
    let focused = false;
    const tell = (): void => {
      const held = pointed || focused || element.scrollTop > ROW_HEIGHT / 2;
      if (held !== listStore.getSnapshot().context.held) listStore.trigger.held({ held });
    };
    const on = (target: Element, type: string, run: (event: Event) => void): (() => void) => {
      const listener = (event: Event): void => {
        run(event);
        tell();
      };
      target.addEventListener(type, listener, { passive: true });
      return () => target.removeEventListener(type, listener);
    };
    const stops = [
      // Not only entering: the list may appear under a pointer that is already there.
      on(body, 'pointermove', () => (pointed = true)),
      on(body, 'pointerleave', () => (pointed = false)),
      on(
        body,
        'focusin',
        (event) => (focused = event.target instanceof Element && event.target.matches(':focus-visible')),
      ),
      on(body, 'focusout', () => (focused = false)),
      on(element, 'scroll', () => undefined),
    ];
    return () => {
      for (const stop of stops) stop();
      listStore.trigger.held({ held: false });
    };
  }, [scroller]);
};

export interface ConversationListProps {
  readonly compact: boolean;
  readonly openId: string | null;
  readonly markedId: string | null;
  readonly search: RefObject<HTMLInputElement | null>;
}

const Rows = ({
  compact,
  openId,
  markedId,
  scroller,
}: ConversationListProps & { scroller: RefObject<HTMLElement | null> }) => {
  const shown = useStore(listStore, (context) => context.shown);
  const byId = useStore(listStore, (context) => context.byId);
  const next = useStore(listStore, (context) => context.next);
  const { first, end, before, after } = useVirtual(scroller, shown.length, ROW_HEIGHT);
  useEffect(() => {
    if (next !== null && end >= shown.length - MORE_AT_ROWS) list.more();
  }, [end, shown.length, next]);
  useEffect(() => {
    const at = markedId === null ? -1 : shown.indexOf(markedId);
    const element = scroller.current;
    if (at === -1 || element === null) return;
    const top = at * ROW_HEIGHT;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + ROW_HEIGHT > element.scrollTop + element.clientHeight) {
      element.scrollTop = top + ROW_HEIGHT - element.clientHeight;
    }
  }, [markedId]);
  return (
    <ul class="rows" style={{ paddingBlockStart: `${before}px`, paddingBlockEnd: `${after}px` }}>
      {shown.slice(first, end).map((id, index) => {
        const item = byId.get(id);
        return item === undefined ? null : (
          <ListRow
            key={id}
            item={item}
            index={first + index}
            count={next === null ? shown.length : -1}
            compact={compact}
            open={id === openId}
            marked={id === markedId}
          />
        );
      })}
    </ul>
  );
};

const Heads = () => (
  <div class="row-heads" aria-hidden="true">
    <span>{t('colCustomer')}</span>
    <span>{t('colState')}</span>
    <span>{t('colOwner')}</span>
    <span>{t('colWaiting')}</span>
    <span>{t('colWindow')}</span>
    <span>{t('colTimer')}</span>
  </div>
);

export const ConversationList = (props: ConversationListProps) => {
  const scroller = useRef<HTMLDivElement>(null);
  const status = useStore(listStore, (context) => context.status);
  const error = useStore(listStore, (context) => context.error);
  const empty = useStore(listStore, (context) => context.shown.length === 0);
  const filter = useStore(listStore, (context) => context.filter);
  const [filtersKey, setFiltersKey] = useState(0);
  useHold(scroller);
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
    // The search field keeps what is typed by itself; cleared from outside, it is made anew.
    if (filter.q === '' && props.search.current !== null && props.search.current.value.trim() !== '') {
      setFiltersKey((key) => key + 1);
    }
  }, [filter]);
  return (
    <section
      class={`list ${props.compact ? 'is-compact' : ''}`}
      aria-label={t('conversations')}
      aria-busy={status === 'loading'}
    >
      <ListFilters key={filtersKey} input={props.search} compact={props.compact} />
      {props.compact ? null : <Heads />}
      <div class="list-body">
        <HeldPill scroller={scroller} />
        <div class="list-scroll" ref={scroller}>
          {error !== null && empty ? <Failure error={error} onRetry={list.reload} /> : null}
          {status === 'loading' && empty ? <Skeleton rows={9} kind="row" /> : null}
          {status === 'ready' && empty ? <Nothing filter={filter} /> : null}
          <Rows {...props} scroller={scroller} />
        </div>
      </div>
    </section>
  );
};

/** What happened, step by step, live: follows the newest until somebody looks closer, then stands still. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { paths } from '../app/paths.ts';
import { trouble } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import { lazily } from '../components/lazily.tsx';
import { Skeleton } from '../components/states.tsx';
import { useTail } from '../components/use-tail.ts';
import { useConversation, useOpened } from '../conversation/context.ts';
import { startReplay } from '../conversation/start-replay.ts';
import { intlTag, t, units } from '../i18n/i18n.ts';
import { dayKey, dayName, formatDuration } from '../lib/time.ts';
import type { ConversationStore } from '../stores/conversation-store.ts';
import { timerBars } from '../stores/lanes.ts';
import { layoutRows, type TimelineItem } from '../stores/timeline.ts';
import { LaneLegend, TimerBars } from './lane-marks.tsx';
import { TimelineRow } from './timeline-row.tsx';

const WhyPanel = lazily(
  () => import('./why-panel.tsx').then((part) => part.WhyPanel),
  () => null,
);

/** Closer to the end than this counts as the end, px. */
const AT_END_PX = 24;

/** A row that was asked for opens, and its pane may come forward first: so long its place is corrected. */
const SETTLE_MS = 300;
/** What is seen above a row that was asked for: where it came from, px. */
const ROW_ABOVE_PX = 96;

const bringIntoSight = (scroller: HTMLElement, seq: number): void => {
  const row = scroller.querySelector(`[data-seq="${seq}"]`);
  if (row === null) return;
  // Not scrollIntoView: that would scroll the page's own frame too.
  scroller.scrollTop += row.getBoundingClientRect().top - scroller.getBoundingClientRect().top - ROW_ABOVE_PX;
};

/**
 * Follow: the end stays in sight. Inspect: nothing scrolls by itself, except to the row that "why?" asked for. Going up
 * by hand is what starts inspecting.
 */
const useFollowing = (store: ConversationStore, version: unknown) => {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLOListElement>(null);
  const lastTop = useRef(0);
  const arriving = useRef<number | null>(null);
  const mode = useConversation((context) => context.mode);
  const selected = useConversation((context) => context.selected);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element !== null && mode === 'follow') element.scrollTop = element.scrollHeight;
  }, [version, mode]);
  useLayoutEffect(() => {
    if (scroller.current === null || selected === null) return;
    bringIntoSight(scroller.current, selected);
    arriving.current = selected;
    const settled = setTimeout(() => {
      arriving.current = null;
    }, SETTLE_MS);
    return () => clearTimeout(settled);
  }, [selected]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || rows.current === null) return;
    const resized = new ResizeObserver(() => {
      if (store.getSnapshot().context.mode === 'follow') element.scrollTop = element.scrollHeight;
      else if (arriving.current !== null) bringIntoSight(element, arriving.current);
    });
    resized.observe(element);
    resized.observe(rows.current);
    return () => resized.disconnect();
  }, [store]);
  const onScroll = (): void => {
    const element = scroller.current;
    if (element === null) return;
    const fromEnd = element.scrollHeight - element.scrollTop - element.clientHeight;
    const wentUp = element.scrollTop < lastTop.current;
    lastTop.current = element.scrollTop;
    const { expanded, selected: asked } = store.getSnapshot().context;
    if (mode === 'follow' && wentUp && fromEnd > AT_END_PX) store.trigger.modeChanged({ mode: 'inspect' });
    else if (mode === 'inspect' && fromEnd <= AT_END_PX && expanded.size === 0 && asked === null) {
      store.trigger.modeChanged({ mode: 'follow' });
    }
  };
  return { scroller, rows, onScroll };
};

interface ItemProps {
  readonly item: TimelineItem;
  /** Pieces of timers' bars, as `timerBars` writes them. */
  readonly bars: string;
  readonly onUnfold: (seq: number) => void;
}

const Item = ({ item, bars, onUnfold }: ItemProps) => {
  if (item.kind === 'row') return <TimelineRow row={item.row} bars={bars} />;
  if (item.kind === 'day') {
    return (
      <li class="timeline-day">
        <TimerBars pieces={bars} />
        <span>{dayName(item.at, intlTag())}</span>
      </li>
    );
  }
  if (item.kind === 'quiet') {
    return (
      <li class="timeline-quiet">
        <TimerBars pieces={bars} />
        {t('quiet', { time: formatDuration(item.ms, units()) })}
      </li>
    );
  }
  const first = item.rows[0]?.seq ?? 0;
  return (
    <li class="timeline-fold">
      <TimerBars pieces={bars} />
      <button type="button" onClick={() => onUnfold(first)}>
        <Icon name="plus" />
        {t('routine', { n: item.rows.length })}
      </button>
    </li>
  );
};

const Mode = ({ store }: { store: ConversationStore }) => {
  const mode = useConversation((context) => context.mode);
  return (
    <span class={`timeline-mode is-${mode}`} title={mode === 'follow' ? t('followTitle') : undefined}>
      <span class="live-dot" />
      {mode === 'follow' ? (
        t('follow')
      ) : (
        <button
          type="button"
          class="link-button"
          onClick={() => store.trigger.modeChanged({ mode: 'follow' })}
        >
          {t('backToLive')}
        </button>
      )}
    </span>
  );
};

const JumpPill = ({ store }: { store: ConversationStore }) => {
  const unseen = useConversation((context) => context.unseen);
  if (unseen === 0) return null;
  return (
    <button
      type="button"
      class="pill timeline-pill"
      onClick={() => store.trigger.modeChanged({ mode: 'follow' })}
    >
      <Icon name="down" />
      {t('jumpLive', { n: unseen })}
    </button>
  );
};

export const TimelinePane = () => {
  const { open } = useOpened();
  const { store } = open;
  const rows = useConversation((context) => context.rows);
  const expanded = useConversation((context) => context.expanded);
  const selected = useConversation((context) => context.selected);
  const loading = useConversation((context) => context.status === 'loading');
  const replaying = useConversation((context) => context.replay !== null);
  const id = useConversation((context) => context.id);
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const [showRoutine, setShowRoutine] = useState(false);
  const { scroller, rows: list, onScroll } = useFollowing(store, rows);
  const keep = selected === null ? expanded : new Set([...expanded, selected]);
  const items = layoutRows(rows, { unfolded, keep, showRoutine, dayOf: dayKey });
  const bars = timerBars(items);
  const asked = items.findIndex((item) => item.kind === 'row' && item.row.seq === selected);
  const tail = useTail(items.length, asked);
  const earlier = (): void => {
    if (tail.from > 0) tail.showMore();
    else open.loadEarlierRows().then(tail.showMore, trouble);
  };
  return (
    <section class="pane timeline" aria-label={t('paneTimeline')}>
      <header class="pane-head">
        <h2>{t('paneTimeline')}</h2>
        <button
          type="button"
          class="icon-button"
          title={t('routineShow')}
          aria-pressed={showRoutine}
          onClick={() => setShowRoutine(!showRoutine)}
        >
          <Icon name="queue" />
          <span class="visually-hidden">{t('routineShow')}</span>
        </button>
        <button
          type="button"
          class="icon-button"
          title={t('replayStart')}
          aria-pressed={replaying}
          onClick={() => (replaying ? store.trigger.replayEnded() : void startReplay(open))}
        >
          <Icon name="play" />
          <span class="visually-hidden">{t('replayStart')}</span>
        </button>
        <a class="icon-button" href={paths.inspect(id)} title={t('inspectHead')}>
          <Icon name="search" />
          <span class="visually-hidden">{t('inspectHead')}</span>
        </a>
        <Mode store={store} />
      </header>
      {selected === null || replaying ? null : <WhyPanel key={selected} seq={selected} />}
      <LaneLegend />
      <div class="timeline-scroll" ref={scroller} onScroll={onScroll}>
        {loading ? <Skeleton rows={8} kind="line" /> : null}
        {!loading && rows.length === 0 ? <p class="quiet-note">{t('noRows')}</p> : null}
        {tail.from > 0 || (rows[0]?.seq ?? 1) > 1 ? (
          <button type="button" class="button is-quiet load-older" onClick={earlier}>
            {t('loadEarlier')}
          </button>
        ) : null}
        <ol class="timeline-rows" ref={list}>
          {items.slice(tail.from).map((item, index) => (
            <Item
              key={item.key}
              item={item}
              bars={bars[tail.from + index] ?? ''}
              onUnfold={(seq) => setUnfolded(new Set([...unfolded, seq]))}
            />
          ))}
        </ol>
      </div>
      <JumpPill store={store} />
    </section>
  );
};

/** The transcript, the person who writes, and where to write. */
import { Fragment } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { appStore, trouble } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import { Skeleton } from '../components/states.tsx';
import { useTail } from '../components/use-tail.ts';
import { useConversation, useOpened } from '../conversation/context.ts';
import { intlTag, t } from '../i18n/i18n.ts';
import { dayKey, dayName } from '../lib/time.ts';
import { sameMembers, useStore } from '../lib/use-store.ts';
import type { Outgoing, Revised } from '../stores/messages.ts';
import { messagesAt } from '../stores/moment.ts';
import { Bubble, OutgoingBubble, PreviewBubble } from './bubble.tsx';
import { useCited } from './cited.ts';
import { Composer } from './composer.tsx';

/** Closer to the end than this counts as reading the newest, px. */
const AT_END_PX = 80;
/** One author's messages within this time are one group. */
const GROUP_MS = 3 * 60_000;

const NO_OUTGOING: readonly Outgoing[] = [];

const continues = (before: Revised | undefined, now: Revised): boolean =>
  before !== undefined &&
  before.message.from === now.message.from &&
  before.message.author === now.message.author &&
  dayKey(before.message.at) === dayKey(now.message.at) &&
  Date.parse(now.message.at) - Date.parse(before.message.at) < GROUP_MS;

const Transcript = () => {
  const { open, actions } = useOpened();
  const messages = useConversation(messagesAt, sameMembers);
  const outgoing = useConversation((context) => (context.replay === null ? context.outgoing : NO_OUTGOING));
  const selected = useConversation((context) => context.selected);
  const preview = useConversation((context) => (context.replay === null ? context.preview : null));
  const older = useConversation((context) => context.olderMessages);
  const cited = useCited();
  const { store } = open;
  const tail = useTail(
    messages.length,
    messages.findIndex((item) =>
      selected === null ? item.message.id === cited : item.message.seq === selected,
    ),
  );
  const earlier = (): void => {
    if (tail.from > 0) tail.showMore();
    else open.loadOlderMessages().then(tail.showMore, trouble);
  };
  return (
    <>
      {older === null && tail.from === 0 ? null : (
        <button type="button" class="button is-quiet load-older" onClick={earlier}>
          {t('loadOlder')}
        </button>
      )}
      <ol class="bubbles">
        {messages.slice(tail.from).map((item, index) => {
          const before = messages[tail.from + index - 1];
          const newDay = before === undefined || dayKey(before.message.at) !== dayKey(item.message.at);
          return (
            <Fragment key={item.message.id}>
              {newDay ? (
                <li class="day">
                  <span>{dayName(item.message.at, intlTag())}</span>
                </li>
              ) : null}
              <Bubble
                message={item.message}
                explained={selected === item.message.seq}
                cited={item.message.id === cited}
                continued={continues(before, item)}
                onWhy={(seq) => store.trigger.selected({ seq })}
              />
            </Fragment>
          );
        })}
        {outgoing.map((item) => (
          <OutgoingBubble
            key={item.key}
            item={item}
            onAgain={(again) => void actions.write(again.kind, again.text, { again })}
            onDrop={({ key }) => store.trigger.sendDropped({ key })}
          />
        ))}
        {preview === null ? null : <PreviewBubble text={preview} />}
      </ol>
    </>
  );
};

const Writing = () => {
  const me = useStore(appStore, (context) => context.session?.name ?? '');
  const others = useConversation((context) => context.writing.filter((name) => name !== me), sameMembers);
  return (
    <p class="writing" aria-live="polite">
      {others.length === 0
        ? ''
        : t(others.length === 1 ? 'isWriting' : 'areWriting', {
            names: new Intl.ListFormat(intlTag()).format(others),
          })}
    </p>
  );
};

/** Keeps the newest message in sight until the person scrolls away; then counts what arrives below. */
const useStickToEnd = (count: number) => {
  const scroller = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  const seen = useRef(count);
  const [below, setBelow] = useState(0);
  const toEnd = (): void => {
    const element = scroller.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  };
  useLayoutEffect(() => {
    if (stuck.current) {
      toEnd();
      seen.current = count;
    } else setBelow(Math.max(0, count - seen.current));
  }, [count]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    // The composer grows, a picture loads: what was in sight stays in sight.
    const resized = new ResizeObserver(() => {
      if (stuck.current) toEnd();
    });
    resized.observe(element);
    if (element.firstElementChild !== null) resized.observe(element.firstElementChild);
    return () => resized.disconnect();
  }, []);
  const onScroll = (): void => {
    const element = scroller.current;
    if (element === null) return;
    stuck.current = element.scrollHeight - element.scrollTop - element.clientHeight < AT_END_PX;
    if (stuck.current) {
      seen.current = count;
      setBelow(0);
    }
  };
  return { scroller, below, toEnd, onScroll };
};

export const ChatPane = () => {
  const loading = useConversation((context) => context.status === 'loading');
  const count = useConversation((context) => messagesAt(context).length + context.outgoing.length);
  const { scroller, below, toEnd, onScroll } = useStickToEnd(count);
  return (
    <section class="pane chat" aria-label={t('paneChat')}>
      <div class="chat-scroll" ref={scroller} onScroll={onScroll}>
        <div class="chat-inner">
          {loading ? <Skeleton rows={6} kind="bubble" /> : null}
          {!loading && count === 0 ? <p class="quiet-note">{t('noMessages')}</p> : null}
          <Transcript />
        </div>
      </div>
      <div class="chat-foot">
        {below > 0 ? (
          <button type="button" class="pill chat-pill" onClick={toEnd}>
            <Icon name="down" />
            {t('newMessages', { n: below })}
          </button>
        ) : null}
        <Writing />
        <Composer />
      </div>
    </section>
  );
};

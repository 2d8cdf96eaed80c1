/** One conversation: chat, what happened, and what is known, side by side. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { paths } from '../app/paths.ts';
import { api, live, messageOf, trouble } from '../app/services.ts';
import { useShortcuts } from '../app/shortcuts.ts';
import { ChatPane } from '../chat/chat-pane.tsx';
import { Icon } from '../components/icon.tsx';
import { lazily } from '../components/lazily.tsx';
import { Empty, Failure, Skeleton } from '../components/states.tsx';
import { FactsPane } from '../facts/facts-pane.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { t } from '../i18n/i18n.ts';
import { TimelinePane } from '../timeline/timeline-pane.tsx';
import { makeActions } from './actions.ts';
import { type Opened, OpenedProvider, useConversation, useOpened } from './context.ts';
import { ConversationHeader } from './conversation-header.tsx';
import { openConversation } from './open-conversation.ts';
import { startReplay } from './start-replay.ts';

const ChartPane = lazily(
  () => import('../statechart/chart-pane.tsx').then((part) => part.ChartPane),
  () => <Skeleton rows={7} kind="line" />,
);
const ReplayBar = lazily(
  () => import('../replay/replay-bar.tsx').then((part) => part.ReplayBar),
  () => null,
);
const ContextPane = lazily(
  () => import('../replay/context-pane.tsx').then((part) => part.ContextPane),
  () => <Skeleton rows={8} kind="line" />,
);

const PANES = ['chat', 'timeline', 'chart', 'facts'] as const;
type Pane = (typeof PANES)[number];
const PANE_WORDS: Readonly<Record<Pane, readonly [icon: string, words: MessageKey]>> = {
  chat: ['chats', 'paneChat'],
  timeline: ['live', 'paneTimeline'],
  chart: ['map', 'paneChart'],
  facts: ['card', 'paneFacts'],
};

/** On narrow screens the panes become tabs; on wide ones the stylesheet shows all and hides these. */
const PaneTabs = ({ pane, onPane }: { pane: Pane; onPane: (pane: Pane) => void }) => (
  <fieldset class="pane-tabs" aria-label={t('panes')}>
    {PANES.map((one) => (
      <button
        key={one}
        type="button"
        class={`pane-tab is-${one}`}
        aria-pressed={one === pane}
        onClick={() => onPane(one)}
      >
        <Icon name={PANE_WORDS[one][0]} />
        {t(PANE_WORDS[one][1])}
      </button>
    ))}
  </fieldset>
);

type Aside = 'chart' | 'facts';

/** Facts and statechart share the last pane; where only one pane is seen, the page's own tabs choose. */
const AsideTabs = ({ aside, onAside }: { aside: Aside; onAside: (aside: Aside) => void }) => (
  <fieldset class="aside-tabs" aria-label={t('panes')}>
    {(['facts', 'chart'] as const).map((one) => (
      <button
        key={one}
        type="button"
        class="pane-tab"
        aria-pressed={one === aside}
        onClick={() => onAside(one)}
      >
        <Icon name={PANE_WORDS[one][0]} />
        {t(PANE_WORDS[one][1])}
      </button>
    ))}
  </fieldset>
);

const AsidePane = ({ aside, onAside }: { aside: Aside; onAside: (aside: Aside) => void }) => {
  const replaying = useConversation((context) => context.replay !== null);
  return (
    <div class="pane aside">
      <AsideTabs aside={aside} onAside={onAside} />
      {aside === 'chart' ? <ChartPane /> : replaying ? <ContextPane /> : <FactsPane />}
    </div>
  );
};

const Panes = () => {
  const [pane, setPane] = useState<Pane>('chat');
  const [aside, setAside] = useState<Aside>('facts');
  const selected = useConversation((context) => context.selected);
  const replaying = useConversation((context) => context.replay !== null);
  const { open } = useOpened();
  const show = (next: Pane): void => {
    setPane(next);
    if (next === 'chart' || next === 'facts') setAside(next);
  };
  useEffect(() => {
    // "Why?" asks for the timeline: bring its pane forward where only one is seen. A replay leaves the panes alone.
    if (selected !== null && !replaying) setPane('timeline');
  }, [selected]);
  useShortcuts({
    KeyL: () => open.store.trigger.modeChanged({ mode: 'follow' }),
    KeyR: () => setPane('chat'),
    KeyN: () => setPane('chat'),
    KeyM: () => show(aside === 'chart' ? 'facts' : 'chart'),
    ...(replaying ? {} : { KeyY: () => void startReplay(open) }),
  });
  return (
    <>
      <PaneTabs pane={pane} onPane={show} />
      {replaying ? <ReplayBar /> : null}
      <div class={`panes shows-${pane} aside-${aside} ${replaying ? 'is-replaying' : ''}`}>
        <ChatPane />
        <TimelinePane />
        <AsidePane aside={aside} onAside={show} />
      </div>
    </>
  );
};

const Body = () => {
  const { open } = useOpened();
  const status = useConversation((context) => context.status);
  const error = useConversation((context) => context.error);
  if (status === 'missing') {
    return (
      <Empty icon="question" title={t('missing')} lead={t('missingLead')}>
        <a class="button" href={paths.conversations}>
          {t('conversations')}
        </a>
      </Empty>
    );
  }
  if (status === 'failed' && error !== null)
    return <Failure error={error} onRetry={() => void open.refresh()} />;
  return (
    <>
      <ConversationHeader />
      <Panes />
    </>
  );
};

export const ConversationPage = ({ id }: { id: string }) => {
  const opened = useMemo<Opened>(() => {
    const open = openConversation(id, { api, live, onTrouble: trouble });
    return { open, actions: makeActions(open, { api, onTrouble: trouble, messageOf }) };
  }, [id]);
  useEffect(() => () => opened.open.close(), [opened]);
  return (
    <OpenedProvider value={opened}>
      <article class="conversation">
        <Body />
      </article>
    </OpenedProvider>
  );
};

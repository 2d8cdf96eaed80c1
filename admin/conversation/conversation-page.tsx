/** One conversation: chat, what happened, and what is known, side by side. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { paths } from '../app/paths.ts';
import { api, live, messageOf, trouble } from '../app/services.ts';
import { useShortcuts } from '../app/shortcuts.ts';
import { ChatPane } from '../chat/chat-pane.tsx';
import { Icon } from '../components/icon.tsx';
import { Empty, Failure } from '../components/states.tsx';
import { FactsPane } from '../facts/facts-pane.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { t } from '../i18n/i18n.ts';
import { TimelinePane } from '../timeline/timeline-pane.tsx';
import { makeActions } from './actions.ts';
import { type Opened, OpenedProvider, useConversation, useOpened } from './context.ts';
import { ConversationHeader } from './conversation-header.tsx';
import { openConversation } from './open-conversation.ts';

const PANES = ['chat', 'timeline', 'facts'] as const;
type Pane = (typeof PANES)[number];
const PANE_WORDS: Readonly<Record<Pane, readonly [icon: string, words: MessageKey]>> = {
  chat: ['chats', 'paneChat'],
  timeline: ['live', 'paneTimeline'],
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

const Panes = () => {
  const [pane, setPane] = useState<Pane>('chat');
  const selected = useConversation((context) => context.selected);
  const { open } = useOpened();
  useEffect(() => {
    // "Why?" asks for the timeline: bring its pane forward where only one is seen.
    if (selected !== null) setPane('timeline');
  }, [selected]);
  useShortcuts({
    KeyL: () => open.store.trigger.modeChanged({ mode: 'follow' }),
    KeyR: () => setPane('chat'),
    KeyN: () => setPane('chat'),
  });
  return (
    <>
      <PaneTabs pane={pane} onPane={setPane} />
      <div class={`panes shows-${pane}`}>
        <ChatPane />
        <TimelinePane />
        <FactsPane />
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

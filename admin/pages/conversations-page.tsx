/** The list, and beside it the conversation that is open; one page, so that the list keeps its place. */

import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso/router';
import { paths } from '../app/paths.ts';
import { listStore } from '../app/services.ts';
import { useShortcuts } from '../app/shortcuts.ts';
import { ConversationPage } from '../conversation/conversation-page.tsx';
import { ConversationList } from '../list/conversation-list.tsx';
import { useEarlyKeys } from '../list/early-keys.ts';

const neighbour = (id: string | null, step: 1 | -1): string | null => {
  const { shown } = listStore.getSnapshot().context;
  const at = id === null ? -1 : shown.indexOf(id);
  if (at === -1) return shown[0] ?? null;
  return shown[at + step] ?? id;
};

export const ConversationsPage = () => {
  const { route } = useLocation();
  const openId = useRoute().params.id ?? null;
  const [marked, setMarked] = useState<string | null>(null);
  // Keys may come faster than renders: what they walk on is read from here, not from a closure.
  const at = useRef<string | null>(null);
  const whenThere = useEarlyKeys();
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (openId === null) return;
    at.current = openId;
    setMarked(openId);
  }, [openId]);
  const move = (step: 1 | -1): void => {
    const id = neighbour(at.current, step);
    at.current = id;
    setMarked(id);
    if (openId !== null && id !== null && id !== openId) route(paths.conversation(id), true);
  };
  useShortcuts({
    KeyJ: () => whenThere(() => move(1)),
    KeyK: () => whenThere(() => move(-1)),
    Enter: () =>
      whenThere(() => {
        if (openId === null && at.current !== null) route(paths.conversation(at.current));
      }),
    Slash: () => {
      if (search.current?.checkVisibility() === true) search.current.focus();
      else route(paths.conversations);
    },
    Escape: () => {
      if (openId !== null) route(paths.conversations);
    },
  });
  return (
    <div class={`conversations ${openId === null ? '' : 'has-open'}`}>
      <ConversationList compact={openId !== null} openId={openId} markedId={marked} search={search} />
      {openId === null ? null : <ConversationPage key={openId} id={openId} />}
    </div>
  );
};

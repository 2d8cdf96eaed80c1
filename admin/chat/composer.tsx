/** Where a manager writes: to the customer when the conversation is theirs, to colleagues at any time. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { appStore, live } from '../app/services.ts';
import { useShortcuts } from '../app/shortcuts.ts';
import { Icon } from '../components/icon.tsx';
import { useAhead } from '../components/ticking.tsx';
import { allows, ownerOf, useConversation, useOpened } from '../conversation/context.ts';
import { topicOf } from '../conversation/open-conversation.ts';
import { t } from '../i18n/i18n.ts';
import { useStore } from '../lib/use-store.ts';
import { mayWrite } from '../stores/app-store.ts';
import { keepDraft, readDraft } from './drafts.ts';

type Kind = 'manager' | 'note';

/** The API's limits (runtime/api/requests.ts): WhatsApp's practical one for a message, ours for a note. */
const MAX_CHARS: Readonly<Record<Kind, number>> = { manager: 4096, note: 4000 };
/** Said again while writing goes on; the server forgets it after 6 s. */
const WRITING_EVERY_MS = 3000;

/** Tells colleagues that somebody writes, not more often than they need. */
const useWriting = (id: string): ((on: boolean) => void) => {
  const told = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => () => live.writing(topicOf(id), false), [id]);
  return (on) => {
    const now = performance.now();
    if (on && now - told.current < WRITING_EVERY_MS) return;
    told.current = on ? now : Number.NEGATIVE_INFINITY;
    live.writing(topicOf(id), on);
  };
};

const useGrowing = (text: string) => {
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);
  return area;
};

/** What this person may write now. */
const useRights = () => {
  const writer = useStore(appStore, mayWrite);
  const owner = useConversation(ownerOf);
  const reply = useConversation(allows('manager.reply'));
  const note = useConversation(allows('manager.note'));
  const mine = owner === 'manager';
  return { reply: writer && reply && mine, note: writer && note, mine, writer };
};

const WindowShut = () => (
  <div class="window-shut" role="status">
    <Icon name="window" />
    <p>
      <strong>{t('windowShut')}</strong> {t('windowShutLead')}
    </p>
  </div>
);

const KindSwitch = ({
  kind,
  reply,
  onKind,
}: {
  kind: Kind;
  reply: boolean;
  onKind: (kind: Kind) => void;
}) => (
  <fieldset class="composer-kinds" aria-label={t('replyPlaceholder')}>
    {reply ? (
      <button type="button" aria-pressed={kind === 'manager'} onClick={() => onKind('manager')}>
        <Icon name="person" />
        {t('reply')}
        <kbd>R</kbd>
      </button>
    ) : null}
    <button type="button" aria-pressed={kind === 'note'} onClick={() => onKind('note')}>
      <Icon name="note" />
      {t('note')}
      <kbd>N</kbd>
    </button>
  </fieldset>
);

/** The text being written, remembered when the person goes to another conversation. */
const useDraft = (id: string) => {
  const [draft, setDraft] = useState(() => readDraft(id) ?? { kind: 'manager' as Kind, text: '' });
  useEffect(() => keepDraft(id, draft), [id, draft]);
  return {
    draft,
    setKind: (kind: Kind) => setDraft((old) => ({ ...old, kind })),
    setText: (text: string) => setDraft((old) => ({ ...old, text })),
  };
};

export const Composer = () => {
  const { actions, open } = useOpened();
  const { id } = open.store.getSnapshot().context;
  const rights = useRights();
  const ready = useConversation((context) => context.detail !== null);
  const windowOpen = useAhead(useConversation((context) => context.detail?.windowClosesAt ?? null));
  const { draft, setKind, setText } = useDraft(id);
  const tellWriting = useWriting(id);
  const area = useGrowing(draft.text);
  const mayReply = rights.reply && windowOpen;
  const kind: Kind = mayReply ? draft.kind : 'note';
  const write = (wanted: Kind): void => {
    setKind(wanted);
    area.current?.focus();
  };
  useShortcuts({ KeyR: () => write('manager'), KeyN: () => write('note') });
  if (!ready) return null;
  if (!rights.writer) return <p class="composer-closed">{t('readOnly')}</p>;
  const send = (): void => {
    const text = draft.text.trim();
    if (text === '') return;
    tellWriting(false);
    setText('');
    void actions.write(kind, text);
  };
  return (
    <form
      class={`composer is-${kind}`}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {rights.mine && !windowOpen ? <WindowShut /> : null}
      {rights.mine ? null : <p class="composer-hint">{t('takeOverToWrite')}</p>}
      {rights.note || mayReply ? (
        <>
          <KindSwitch kind={kind} reply={mayReply} onKind={write} />
          <div class="composer-box">
            <textarea
              ref={area}
              rows={1}
              dir="auto"
              maxLength={MAX_CHARS[kind]}
              aria-label={t(kind === 'note' ? 'notePlaceholder' : 'replyPlaceholder')}
              placeholder={t(kind === 'note' ? 'notePlaceholder' : 'replyPlaceholder')}
              value={draft.text}
              onInput={(event) => {
                setText(event.currentTarget.value);
                if (kind === 'manager') tellWriting(event.currentTarget.value.trim() !== '');
              }}
              onBlur={() => tellWriting(false)}
              onKeyDown={(event) => {
                if (event.key === 'Escape') event.currentTarget.blur();
                if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
                event.preventDefault();
                send();
              }}
            />
            <button
              type="submit"
              class="button is-primary composer-send"
              title={t('replyHint')}
              disabled={draft.text.trim() === ''}
            >
              <Icon name={kind === 'note' ? 'note' : 'send'} directed />
              <span class="composer-send-words">{t(kind === 'note' ? 'noteSend' : 'replySend')}</span>
            </button>
          </div>
        </>
      ) : null}
    </form>
  );
};

/** Where a manager writes: to the customer when the conversation is theirs, to colleagues at any time. */
import type { RefObject } from 'preact';
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
import { type Draft, keepDraft, readDraft } from './drafts.ts';
import { TemplateDialog } from './template-dialog.tsx';

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
  const template = useConversation(allows('manager.template'));
  const note = useConversation(allows('manager.note'));
  const mine = owner === 'manager';
  return {
    template: writer && template && mine,
    reply: writer && reply && mine,
    note: writer && note,
    mine,
    writer,
  };
};

const WindowShut = ({ template }: { template: boolean }) => {
  const [choosing, setChoosing] = useState(false);
  return (
    <div class="window-shut">
      <Icon name="window" />
      <p role="status">
        <strong>{t('windowShut')}</strong> {t('windowShutLead')}
      </p>
      {template ? (
        <button type="button" class="button" onClick={() => setChoosing(true)}>
          <Icon name="file" />
          {t('templateChoose')}
        </button>
      ) : null}
      {choosing ? <TemplateDialog onClose={() => setChoosing(false)} /> : null}
    </div>
  );
};

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
  const [draft, setDraft] = useState<Draft>(() => readDraft(id) ?? { kind: 'manager', text: '' });
  useEffect(() => keepDraft(id, draft), [id, draft]);
  return { draft, setDraft };
};

interface FieldProps {
  readonly kind: Kind;
  readonly text: string;
  readonly area: RefObject<HTMLTextAreaElement | null>;
  readonly onText: (text: string) => void;
  readonly onSend: () => void;
  readonly onLeave: () => void;
}

const Field = ({ kind, text, area, onText, onSend, onLeave }: FieldProps) => {
  const words = t(kind === 'note' ? 'notePlaceholder' : 'replyPlaceholder');
  return (
    <div class="composer-box">
      <textarea
        ref={area}
        rows={1}
        dir="auto"
        maxLength={MAX_CHARS[kind]}
        aria-label={words}
        placeholder={words}
        value={text}
        onInput={(event) => onText(event.currentTarget.value)}
        onBlur={onLeave}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          onSend();
        }}
      />
      <button
        type="submit"
        class="button is-primary composer-send"
        title={t('replyHint')}
        disabled={text.trim() === ''}
      >
        <Icon name={kind === 'note' ? 'note' : 'send'} directed />
        <span class="composer-send-words">{t(kind === 'note' ? 'noteSend' : 'replySend')}</span>
      </button>
    </div>
  );
};

export const Composer = () => {
  const { actions, open } = useOpened();
  const { id } = open.store.getSnapshot().context;
  const rights = useRights();
  const ready = useConversation((context) => context.detail !== null);
  const windowOpen = useAhead(useConversation((context) => context.detail?.windowClosesAt ?? null));
  const { draft, setDraft } = useDraft(id);
  const tellWriting = useWriting(id);
  const area = useGrowing(draft.text);
  const mayReply = rights.reply && windowOpen;
  const kind: Kind = mayReply ? draft.kind : 'note';
  // An empty field has no intent yet: where only a note is possible now, a reply comes first once it may be written.
  const emptyKind: Kind = mayReply ? kind : 'manager';
  const turnTo = (wanted: Kind): void => {
    setDraft({ kind: wanted, text: draft.text });
    area.current?.focus();
  };
  useShortcuts({ KeyR: () => turnTo('manager'), KeyN: () => turnTo('note') });
  if (!ready) return null;
  if (!rights.writer) return <p class="composer-closed">{t('readOnly')}</p>;
  const send = (): void => {
    const text = draft.text.trim();
    if (text === '') return;
    tellWriting(false);
    setDraft({ kind: emptyKind, text: '' });
    void actions.write(kind, text);
  };
  // What is written as a note stays one when the conversation is taken over: it was not meant for the customer.
  const onText = (text: string): void => {
    setDraft({ kind: text === '' ? emptyKind : kind, text });
    if (kind === 'manager') tellWriting(text.trim() !== '');
  };
  return (
    <>
      {rights.mine && !windowOpen ? <WindowShut template={rights.template} /> : null}
      <form
        class={`composer is-${kind}`}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {rights.mine ? null : <p class="composer-hint">{t('takeOverToWrite')}</p>}
        {rights.note || mayReply ? (
          <>
            <KindSwitch kind={kind} reply={mayReply} onKind={turnTo} />
            <Field
              kind={kind}
              text={draft.text}
              area={area}
              onText={onText}
              onSend={send}
              onLeave={() => tellWriting(false)}
            />
          </>
        ) : null}
      </form>
    </>
  );
};

/** Who it is, who speaks, and the buttons that change who speaks. */
import { useState } from 'preact/hooks';
import type { Conversation } from '../api/types.ts';
import { paths } from '../app/paths.ts';
import { appStore } from '../app/services.ts';
import { useShortcuts } from '../app/shortcuts.ts';
import { Avatar, LanguageTag, StateChip } from '../components/chips.tsx';
import { Confirm, Dialog } from '../components/dialog.tsx';
import { Icon } from '../components/icon.tsx';
import { Until, WindowLeft } from '../components/ticking.tsx';
import { intlTag, t } from '../i18n/i18n.ts';
import { sameMembers, useStore } from '../lib/use-store.ts';
import { mayWrite } from '../stores/app-store.ts';
import type { ConversationContext } from '../stores/conversation-store.ts';
import { allows, ownerOf, useConversation, useOpened } from './context.ts';
import { PauseButton, PausedLine } from './pausing.tsx';
import { TakeOverFor } from './take-over-for.tsx';

const ReleaseDialog = ({ onClose }: { onClose: () => void }) => {
  const { actions } = useOpened();
  const [note, setNote] = useState('');
  return (
    <Dialog title={t('giveBackTitle')} lead={t('giveBackLead')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void actions.giveBack(note);
          onClose();
        }}
      >
        <label class="field">
          <span>{t('giveBackNote')}</span>
          <textarea
            rows={4}
            dir="auto"
            value={note}
            onInput={(event) => setNote(event.currentTarget.value)}
          />
        </label>
        <div class="dialog-actions">
          <button type="button" class="button" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" class="button is-primary">
            <Icon name="return" directed />
            {t('giveBack')}
          </button>
        </div>
      </form>
    </Dialog>
  );
};

const OwnerActions = () => {
  const { actions } = useOpened();
  const [dialog, setDialog] = useState<'release' | 'close' | null>(null);
  const writer = useStore(appStore, mayWrite);
  const busy = useConversation((context) => context.claimed !== null);
  const me = useStore(appStore, (context) => context.session?.name ?? null);
  // The statechart lets one manager take over from another; from oneself there is nothing to take.
  const others = useConversation(
    (context) => ownerOf(context) !== 'manager' || ownerNameOf(context, me) !== me,
  );
  const takeOver = useConversation(allows('manager.takeOver')) && writer && others;
  const release = useConversation(allows('manager.release')) && writer;
  const close = useConversation(allows('manager.close')) && writer;
  useShortcuts({
    KeyT: () => {
      if (takeOver && !busy) void actions.takeOver();
    },
    KeyB: () => {
      if (release && !busy) setDialog('release');
    },
  });
  return (
    <div class="owner-actions">
      <PauseButton />
      {close ? (
        <button type="button" class="button is-quiet" onClick={() => setDialog('close')}>
          {t('closeConversation')}
        </button>
      ) : null}
      {release ? (
        <button type="button" class="button" disabled={busy} onClick={() => setDialog('release')}>
          <Icon name="return" directed />
          {t('giveBack')}
          <kbd>B</kbd>
        </button>
      ) : null}
      {takeOver ? (
        <button
          type="button"
          class="button is-primary"
          disabled={busy}
          onClick={() => void actions.takeOver()}
        >
          <Icon name="hand" />
          {t('takeOver')}
          <kbd>T</kbd>
        </button>
      ) : null}
      {takeOver ? <TakeOverFor disabled={busy} /> : null}
      {dialog === 'release' ? <ReleaseDialog onClose={() => setDialog(null)} /> : null}
      {dialog === 'close' ? (
        <Confirm
          title={t('closeTitle')}
          lead={t('closeLead')}
          yes={t('closeYes')}
          onYes={() => void actions.close()}
          onClose={() => setDialog(null)}
        />
      ) : null}
    </div>
  );
};

/** Whose name stands at the conversation: ours as soon as we have asked for it. */
const ownerNameOf = ({ claimed, detail }: ConversationContext, me: string | null): string | null =>
  claimed === 'manager' ? me : (detail?.ownerName ?? null);

const OWNER_ICONS = { bot: 'bot', waiting: 'hand', manager: 'mute', nobody: 'mute' } as const;

const ownerWords = (owner: Conversation['owner'], name: string | null): string => {
  if (owner === 'waiting') return t('handOver');
  if (owner === 'nobody') return t('optedOut');
  if (owner === 'bot') return t('botSpeaks');
  return name === null ? t('botSilent') : t('botSilentBy', { name });
};

const RETURN_TIMER = /^xstate\.after\.handOverReturn\b/;

/** When a chat that a person forgot is offered back (contract 2, `HAND_OVER_RETURN`), counted down. */
const OfferedBack = () => {
  const at = useConversation(
    ({ detail }) => detail?.timers.find(({ id }) => RETURN_TIMER.test(id))?.at ?? null,
  );
  return at === null ? null : (
    <span class="offered-back">
      {t('offeredBack')} <Until at={at} />
    </span>
  );
};

/** The line that visibly turns when the owner changes. */
const OwnerLine = () => {
  const owner = useConversation(ownerOf);
  const me = useStore(appStore, (context) => context.session?.name ?? null);
  const name = useConversation((context) => ownerNameOf(context, me));
  return (
    <div key={owner} class={`owner-line is-${owner}`} role="status">
      <Icon name={OWNER_ICONS[owner]} />
      <span>{ownerWords(owner, name)}</span>
      {owner === 'manager' ? <OfferedBack /> : null}
      <Viewers />
    </div>
  );
};

const Viewers = () => {
  const me = useStore(appStore, (context) => context.session?.name ?? '');
  const viewers = useConversation((context) => context.viewers.filter((name) => name !== me), sameMembers);
  if (viewers.length === 0) return null;
  const names = new Intl.ListFormat(intlTag()).format(viewers);
  return (
    <span class="viewers" title={t('viewing', { names })}>
      {viewers.slice(0, 4).map((name) => (
        <span key={name} class="viewer" aria-hidden="true">
          {name.slice(0, 1).toUpperCase()}
        </span>
      ))}
      <span class="viewers-words">{t('viewing', { names })}</span>
    </span>
  );
};

const Parked = ({ reason }: { reason: string }) => (
  <div class="parked-line" role="alert">
    <Icon name="alert" />
    <span>{t('parkedWhy', { reason })}</span>
    <a href={paths.deadLetters}>{t('openParked')}</a>
  </div>
);

export const ConversationHeader = () => {
  const detail = useConversation((context) => context.detail);
  const owner = useConversation(ownerOf);
  return (
    <header class={`conversation-head is-${owner}`}>
      <div class="conversation-who">
        <a class="icon-button conversation-back" href={paths.conversations} aria-label={t('conversations')}>
          <Icon name="back" directed />
        </a>
        {detail === null ? (
          <span class="avatar is-blank" aria-hidden="true" />
        ) : (
          <Avatar name={detail.name} id={detail.id} owner={owner} />
        )}
        <div class="conversation-name">
          <h1>
            <bdi>{detail?.name ?? detail?.phone ?? detail?.chatId ?? '…'}</bdi>
          </h1>
          {detail === null ? null : (
            <p class="conversation-meta">
              <bdi dir="ltr">{detail.phone ?? detail.chatId}</bdi>
              <LanguageTag language={detail.language} />
              <WindowLeft closesAt={detail.windowClosesAt} />
            </p>
          )}
        </div>
        {detail === null ? null : <StateChip label={detail.stateLabel} owner={owner} />}
        <OwnerActions />
      </div>
      {detail === null ? null : <OwnerLine />}
      {detail?.paused ? <PausedLine reason={detail.parked} /> : null}
      {detail?.parked && !detail.paused ? <Parked reason={detail.parked} /> : null}
    </header>
  );
};

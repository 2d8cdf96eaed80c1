/** Holding a conversation whatever it is doing, and letting it go: nothing is lost meanwhile, nothing starts. */
import { useState } from 'preact/hooks';
import { appStore } from '../app/services.ts';
import { Dialog } from '../components/dialog.tsx';
import { Icon } from '../components/icon.tsx';
import { t } from '../i18n/i18n.ts';
import { useStore } from '../lib/use-store.ts';
import { mayWrite } from '../stores/app-store.ts';
import { useConversation, useOpened } from './context.ts';

/** The API's limit (runtime/api/requests.ts). */
const MAX_REASON_CHARS = 500;

const PauseDialog = ({ onClose }: { onClose: () => void }) => {
  const { actions } = useOpened();
  const [reason, setReason] = useState('');
  return (
    <Dialog title={t('pauseTitle')} lead={t('pauseLead')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() === '') return;
          void actions.pause(reason);
          onClose();
        }}
      >
        <label class="field">
          <span>{t('pauseReason')}</span>
          <input
            type="text"
            dir="auto"
            required
            maxLength={MAX_REASON_CHARS}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </label>
        <div class="dialog-actions">
          <button type="button" class="button" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" class="button is-primary" disabled={reason.trim() === ''}>
            <Icon name="pause" />
            {t('pause')}
          </button>
        </div>
      </form>
    </Dialog>
  );
};

/** The button of the header; nothing while it is paused, where {@link PausedLine} stands. */
export const PauseButton = () => {
  const [asking, setAsking] = useState(false);
  const writer = useStore(appStore, mayWrite);
  const paused = useConversation((context) => context.detail?.paused ?? true);
  if (paused || !writer) return null;
  return (
    <>
      <button
        type="button"
        class="button is-quiet"
        title={t('pauseLead')}
        aria-label={t('pause')}
        onClick={() => setAsking(true)}
      >
        <Icon name="pause" />
      </button>
      {asking ? <PauseDialog onClose={() => setAsking(false)} /> : null}
    </>
  );
};

export const PausedLine = ({ reason }: { reason: string | null }) => {
  const { actions } = useOpened();
  const writer = useStore(appStore, mayWrite);
  return (
    <div class="parked-line" role="status">
      <Icon name="pause" />
      <span dir="auto">{reason === null ? t('paused') : t('pausedWhy', { reason })}</span>
      {writer ? (
        <button type="button" class="button" onClick={() => void actions.resume()}>
          <Icon name="play" directed />
          {t('resume')}
        </button>
      ) : null}
    </div>
  );
};

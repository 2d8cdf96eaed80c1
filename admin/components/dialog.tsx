/** A modal question on the native `<dialog>`: focus, Escape and the backdrop are the browser's. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../i18n/i18n.ts';
import { Icon } from './icon.tsx';

export interface DialogProps {
  readonly title: string;
  readonly lead?: string;
  readonly onClose: () => void;
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}

export const Dialog = ({ title, lead, onClose, wide = false, children }: DialogProps) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`dialog ${wide ? 'is-wide' : ''}`}
      aria-labelledby={heading}
      onClose={onClose}
      closedby="any"
    >
      <div class="dialog-body">
        <header class="dialog-head">
          <h2 id={heading}>{title}</h2>
          <button
            type="button"
            class="icon-button"
            aria-label={t('close')}
            onClick={() => dialog.current?.close()}
          >
            <Icon name="close" />
          </button>
        </header>
        {lead === undefined ? null : <p class="dialog-lead">{lead}</p>}
        {children}
      </div>
    </dialog>
  );
};

export interface ConfirmProps {
  readonly title: string;
  readonly lead: string;
  readonly yes: string;
  readonly onYes: () => void;
  readonly onClose: () => void;
}

/** Asks before something that cannot be taken back. */
export const Confirm = ({ title, lead, yes, onYes, onClose }: ConfirmProps) => (
  <Dialog title={title} lead={lead} onClose={onClose}>
    <div class="dialog-actions">
      <button type="button" class="button" onClick={onClose}>
        {t('cancel')}
      </button>
      <button
        type="button"
        class="button is-danger"
        onClick={() => {
          onYes();
          onClose();
        }}
      >
        {yes}
      </button>
    </div>
  </Dialog>
);

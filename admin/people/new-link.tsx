/** A one-time link to hand over: it signs its holder in once, within half an hour. */
import type { SignInLink } from '../api/types.ts';
import { toast } from '../app/services.ts';
import { Dialog } from '../components/dialog.tsx';
import { Icon } from '../components/icon.tsx';
import { Until } from '../components/ticking.tsx';
import { t } from '../i18n/i18n.ts';

export const NewLink = ({ link, onClose }: { link: SignInLink; onClose: () => void }) => {
  const url = location.origin + link.path;
  const copy = (): void => {
    navigator.clipboard.writeText(url).then(
      () => toast('good', t('linkCopied')),
      () => toast('bad', t('linkCopyFailed')),
    );
  };
  return (
    <Dialog title={t('linkTitle')} lead={t('linkLead')} onClose={onClose}>
      <label class="field">
        <span>{t('linkTitle')}</span>
        <input dir="ltr" readOnly value={url} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <p class="quiet-note">
        {t('linkUntil')} <Until at={link.expiresAt} />
      </p>
      <div class="dialog-actions">
        <button type="button" class="button is-primary" onClick={copy}>
          <Icon name="copy" />
          {t('linkCopy')}
        </button>
      </div>
    </Dialog>
  );
};

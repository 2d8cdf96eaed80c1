/** Short messages in a corner: good news goes by itself, bad news waits to be closed. */
import { appStore } from '../app/services.ts';
import { t } from '../i18n/i18n.ts';
import { useStore } from '../lib/use-store.ts';
import { Icon } from './icon.tsx';

export const Toasts = () => {
  const toasts = useStore(appStore, (context) => context.toasts);
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} class={`toast is-${toast.tone}`}>
          <Icon name={toast.tone === 'good' ? 'check' : 'alert'} />
          <p dir="auto">{toast.text}</p>
          <button
            type="button"
            class="icon-button"
            aria-label={t('close')}
            onClick={() => appStore.trigger.toastDropped({ id: toast.id })}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
};

/** Sets the password of whoever is signed in; other sessions end. */
import { useState } from 'preact/hooks';
import { Dialog } from '../components/dialog.tsx';
import { t } from '../i18n/i18n.ts';
import { api, messageOf, toast } from './services.ts';

/** The API's limit (runtime/api/house-schemas.ts). */
const MIN_PASSWORD_CHARS = 12;

export const PasswordDialog = ({ onClose }: { onClose: () => void }) => {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      await api.users.password(current === '' ? { password } : { current, password });
      toast('good', t('passwordSet'));
      onClose();
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <Dialog title={t('passwordTitle')} lead={t('passwordLead')} onClose={onClose}>
      <form class="form" onSubmit={(event) => void save(event)}>
        <label class="field">
          <span>{t('passwordCurrent')}</span>
          <input
            type="password"
            autocomplete="current-password"
            value={current}
            onInput={(event) => setCurrent(event.currentTarget.value)}
          />
        </label>
        <label class="field">
          <span>{t('passwordNew')}</span>
          <input
            type="password"
            autocomplete="new-password"
            required
            minLength={MIN_PASSWORD_CHARS}
            value={password}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
        </label>
        {problem === null ? null : (
          <p class="field-issue" role="alert">
            {problem}
          </p>
        )}
        <div class="dialog-actions">
          <button type="submit" class="button is-primary">
            {t('passwordTitle')}
          </button>
        </div>
      </form>
    </Dialog>
  );
};

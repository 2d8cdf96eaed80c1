/** Makes an account; its owner comes in by a one-time link and sets a password. */
import { useState } from 'preact/hooks';
import type { CreatedUser, User } from '../api/types.ts';
import { api, messageOf } from '../app/services.ts';
import { Dialog } from '../components/dialog.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { t } from '../i18n/i18n.ts';

export const ROLES: Readonly<Record<User['role'], readonly [name: MessageKey, may: MessageKey]>> = {
  viewer: ['roleViewer', 'roleViewerMay'],
  manager: ['roleManager', 'roleManagerMay'],
  admin: ['roleAdmin', 'roleAdminMay'],
};
const ROLE_NAMES = ['viewer', 'manager', 'admin'] as const;

export const RoleSelect = ({
  value,
  label,
  disabled = false,
  onChoose,
}: {
  value: User['role'];
  label: string;
  disabled?: boolean;
  onChoose: (role: User['role']) => void;
}) => (
  <select
    class="plain-select"
    aria-label={label}
    value={value}
    disabled={disabled}
    onChange={(event) => {
      const role = ROLE_NAMES.find((name) => name === event.currentTarget.value);
      if (role !== undefined) onChoose(role);
    }}
  >
    {ROLE_NAMES.map((role) => (
      <option key={role} value={role}>
        {t(ROLES[role][0])}
      </option>
    ))}
  </select>
);

export const NewUser = ({
  onMade,
  onClose,
}: {
  onMade: (made: CreatedUser) => void;
  onClose: () => void;
}) => {
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<User['role']>('manager');
  const [problem, setProblem] = useState<string | null>(null);
  const create = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      onMade(await api.users.create({ email, name, role }));
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <Dialog title={t('userNew')} lead={t('userNewLead')} onClose={onClose}>
      <form class="form" onSubmit={(event) => void create(event)}>
        <label class="field">
          <span>{t('name')}</span>
          <input required dir="auto" value={name} onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <label class="field">
          <span>{t('email')}</span>
          <input
            type="email"
            required
            dir="ltr"
            value={email}
            onInput={(event) => setEmail(event.currentTarget.value)}
          />
        </label>
        <div class="field">
          <span>{t('role')}</span>
          <RoleSelect value={role} label={t('role')} onChoose={setRole} />
          <p class="quiet-note">{t(ROLES[role][1])}</p>
        </div>
        {problem === null ? null : (
          <p class="field-issue" role="alert">
            {problem}
          </p>
        )}
        <div class="dialog-actions">
          <button type="button" class="button" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" class="button is-primary">
            {t('userMake')}
          </button>
        </div>
      </form>
    </Dialog>
  );
};

/** Accounts: role, last sign-in, disable, reset. */
import { useState } from 'preact/hooks';
import type { SignInLink, User } from '../api/types.ts';
import { api, appStore, toast, trouble } from '../app/services.ts';
import { Confirm } from '../components/dialog.tsx';
import { Icon } from '../components/icon.tsx';
import { Failure, Skeleton } from '../components/states.tsx';
import { TableRegion } from '../components/table-region.tsx';
import { Since } from '../components/ticking.tsx';
import { t } from '../i18n/i18n.ts';
import { useStore } from '../lib/use-store.ts';
import { usePages } from '../pages/use-pages.ts';
import { NewLink } from './new-link.tsx';
import { NewUser, RoleSelect } from './new-user.tsx';

type Asking = { readonly what: 'disable' | 'reset'; readonly user: User } | null;

interface RowProps {
  readonly user: User;
  readonly own: boolean;
  readonly onChange: (patch: { role?: User['role']; disabled?: boolean }) => void;
  readonly onAsk: (what: 'disable' | 'reset') => void;
}

const Row = ({ user, own, onChange, onAsk }: RowProps) => (
  <tr class={user.disabledAt === null ? '' : 'is-off'}>
    <td>
      <strong dir="auto">{user.name}</strong> {own ? <span class="chip is-bot">{t('userYou')}</span> : null}
      <div>
        <bdi class="quiet-note">{user.email}</bdi>
      </div>
    </td>
    <td>
      <RoleSelect
        value={user.role}
        label={`${t('role')}: ${user.name}`}
        disabled={own}
        onChoose={(role) => onChange({ role })}
      />
    </td>
    <td>
      {user.disabledAt === null ? null : <span class="chip is-waiting">{t('userDisabled')}</span>}
      {user.disabledAt === null && user.lastSignIn === null ? t('userNever') : null}
      {user.disabledAt === null && user.lastSignIn !== null ? <Since at={user.lastSignIn} /> : null}
    </td>
    <td class="is-number">
      {own ? null : (
        <>
          {user.disabledAt === null ? (
            <button type="button" class="button is-quiet" onClick={() => onAsk('reset')}>
              {t('userReset')}
            </button>
          ) : null}
          <button
            type="button"
            class="button is-quiet"
            onClick={() => (user.disabledAt === null ? onAsk('disable') : onChange({ disabled: false }))}
          >
            {t(user.disabledAt === null ? 'userDisable' : 'userEnable')}
          </button>
        </>
      )}
    </td>
  </tr>
);

export const UserTable = () => {
  const users = usePages(api.users.list);
  const email = useStore(appStore, (context) => context.session?.email ?? '');
  const [making, setMaking] = useState(false);
  const [asking, setAsking] = useState<Asking>(null);
  const [link, setLink] = useState<SignInLink | null>(null);
  const put = (user: User): void =>
    users.update((items) => items.map((item) => (item.id === user.id ? user : item)));
  const change = (user: User, patch: { role?: User['role']; disabled?: boolean }): void => {
    api.users.change(user.id, patch).then(
      (changed) => {
        put(changed);
        toast('good', t('userChanged'));
      },
      (error: unknown) => {
        trouble(error);
        users.reload();
      },
    );
  };
  const reset = (user: User): void => {
    api.users.reset(user.id).then(setLink, trouble);
  };
  if (users.error !== null) return <Failure error={users.error} onRetry={users.reload} />;
  if (users.status === 'loading' && users.items.length === 0) return <Skeleton rows={4} kind="row" />;
  return (
    <>
      <div class="tab-head">
        <p class="quiet-note">{t('usersLead')}</p>
        <button type="button" class="button is-primary" onClick={() => setMaking(true)}>
          <Icon name="plus" />
          {t('userNew')}
        </button>
      </div>
      <TableRegion label={t('users')}>
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('role')}</th>
            <th scope="col">{t('userLast')}</th>
            <th scope="col">
              <span class="visually-hidden">{t('userActs')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {users.items.map((user) => (
            <Row
              key={user.id}
              user={user}
              own={user.email === email}
              onChange={(patch) => change(user, patch)}
              onAsk={(what) => setAsking({ what, user })}
            />
          ))}
        </tbody>
      </TableRegion>
      {making ? (
        <NewUser
          onClose={() => setMaking(false)}
          onMade={(made) => {
            setMaking(false);
            users.reload();
            setLink(made.link);
          }}
        />
      ) : null}
      {asking === null ? null : (
        <Confirm
          title={t(asking.what === 'reset' ? 'userResetTitle' : 'userDisableTitle', {
            name: asking.user.name,
          })}
          lead={t(asking.what === 'reset' ? 'userResetLead' : 'userDisableLead')}
          yes={t(asking.what === 'reset' ? 'userReset' : 'userDisable')}
          onYes={() =>
            asking.what === 'reset' ? reset(asking.user) : change(asking.user, { disabled: true })
          }
          onClose={() => setAsking(null)}
        />
      )}
      {link === null ? null : <NewLink link={link} onClose={() => setLink(null)} />}
    </>
  );
};

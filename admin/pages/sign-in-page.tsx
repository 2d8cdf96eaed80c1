/** Signing in, by e-mail and password or by a one-time link (`?link=`), which leaves the address at once. */
import { useEffect, useId, useState } from 'preact/hooks';
import { ApiError } from '../api/error.ts';
import { api, appStore, messageOf } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import { t } from '../i18n/i18n.ts';
import { useStore } from '../lib/use-store.ts';

/** Takes the token out of the address, so that it stays in no history, bookmark or screenshot. */
const takeLink = (): string | null => {
  const url = new URL(location.href);
  const token = url.searchParams.get('link');
  if (token === null) return null;
  url.searchParams.delete('link');
  history.replaceState(null, '', url);
  return token;
};

const refused = (error: unknown, words: string): string =>
  error instanceof ApiError && error.status === 401 ? words : messageOf(error);

const useSignIn = () => {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const enter = async (work: ReturnType<typeof api.sessions.current>, words: string): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      appStore.trigger.signedIn({ session: await work });
    } catch (error) {
      setProblem(refused(error, words));
      setBusy(false);
    }
  };
  return { busy, problem, enter };
};

export const SignInPage = () => {
  const ended = useStore(appStore, (context) => context.ended);
  const { busy, problem, enter } = useSignIn();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const id = useId();
  useEffect(() => {
    const token = takeLink();
    if (token !== null) void enter(api.sessions.useLink(token), t('linkUsed'));
  }, []);
  return (
    <main class="sign-in">
      <form
        class="sign-in-card"
        onSubmit={(event) => {
          event.preventDefault();
          void enter(api.sessions.signIn(email.trim(), password), t('wrongPassword'));
        }}
      >
        <span class="sign-in-mark">
          <Icon name="jar" />
        </span>
        <h1>{t('app')}</h1>
        <p class="sign-in-lead">{t('signInLead')}</p>
        {ended && problem === null ? <p class="notice">{t('sessionEnded')}</p> : null}
        <div class="field">
          <label for={`${id}-email`}>{t('email')}</label>
          <input
            id={`${id}-email`}
            type="email"
            autocomplete="username"
            required
            dir="ltr"
            value={email}
            onInput={(event) => setEmail(event.currentTarget.value)}
          />
        </div>
        <div class="field">
          <label for={`${id}-password`}>{t('password')}</label>
          <input
            id={`${id}-password`}
            type="password"
            autocomplete="current-password"
            required
            dir="ltr"
            value={password}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
        </div>
        {problem === null ? null : (
          <p class="notice is-bad" role="alert">
            {problem}
          </p>
        )}
        <button type="submit" class="button is-primary is-wide" disabled={busy}>
          {busy ? t('signingIn') : t('signIn')}
        </button>
      </form>
    </main>
  );
};

/** The application: signing in, the shell around the pages, and what is on every page. */

import { useEffect, useState } from 'preact/hooks';
import lazy, { ErrorBoundary } from 'preact-iso/lazy';
import { LocationProvider, Route, Router } from 'preact-iso/router';
import { ApiError } from '../api/error.ts';
import { Announcer } from '../components/announcer.tsx';
import { Failure } from '../components/states.tsx';
import { Toasts } from '../components/toasts.tsx';
import { localeStore } from '../i18n/i18n.ts';
import { useStore } from '../lib/use-store.ts';
import { ConversationsPage } from '../pages/conversations-page.tsx';
import { NotFoundPage } from '../pages/not-found-page.tsx';
import { SignInPage } from '../pages/sign-in-page.tsx';
import { BASE, paths } from './paths.ts';
import { api, appStore, list, live, trouble } from './services.ts';
import { Shell } from './shell.tsx';

const ProductsPage = lazy(() => import('../pages/products-page.tsx').then((page) => page.ProductsPage));
const KnowledgePage = lazy(() => import('../pages/knowledge-page.tsx').then((page) => page.KnowledgePage));
const OverviewPage = lazy(() => import('../pages/overview-page.tsx').then((page) => page.OverviewPage));
const PromptsPage = lazy(() => import('../pages/prompts-page.tsx').then((page) => page.PromptsPage));
const QueuesPage = lazy(() => import('../pages/queues-page.tsx').then((page) => page.QueuesPage));
const SettingsPage = lazy(() => import('../pages/settings-page.tsx').then((page) => page.SettingsPage));
const PeoplePage = lazy(() => import('../pages/people-page.tsx').then((page) => page.PeoplePage));
const OperationsPage = lazy(() => import('../pages/operations-page.tsx').then((page) => page.OperationsPage));
const QualityPage = lazy(() => import('../pages/quality-page.tsx').then((page) => page.QualityPage));
const ReportsPage = lazy(() => import('../pages/reports-page.tsx').then((page) => page.ReportsPage));
const MachinePage = lazy(() => import('../pages/machine-page.tsx').then((page) => page.MachinePage));
const InspectPage = lazy(() => import('../pages/inspect-page.tsx').then((page) => page.InspectPage));
const PhonesPage = lazy(() => import('../pages/phones-page.tsx').then((page) => page.PhonesPage));

/** Asks who is signed in; no session leads to the sign-in page, any other failure is answered for the page to show. */
const findSession = async (): Promise<ApiError | null> => {
  try {
    appStore.trigger.signedIn({ session: await api.sessions.current() });
    return null;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status !== 401) return error;
    appStore.trigger.left();
    return null;
  }
};

const SignedIn = () => {
  const sandbox = useStore(appStore, (context) => context.session?.sandbox === true);
  useEffect(() => {
    live.start();
    const stop = list.start();
    window.addEventListener('online', live.wake);
    return () => {
      stop();
      live.stop();
      window.removeEventListener('online', live.wake);
    };
  }, []);
  return (
    <Shell>
      <ErrorBoundary onError={trouble}>
        <Router>
          <Route path={BASE} component={ConversationsPage} />
          <Route path={`${paths.conversations}/:id?`} component={ConversationsPage} />
          <Route path={paths.products} component={ProductsPage} />
          <Route path={paths.knowledge} component={KnowledgePage} />
          <Route path={paths.overview} component={OverviewPage} />
          <Route path={paths.prompts} component={PromptsPage} />
          <Route path={paths.queues} component={QueuesPage} />
          <Route path={paths.deadLetters} component={QueuesPage} />
          <Route path={paths.settings} component={SettingsPage} />
          <Route path={paths.people} component={PeoplePage} />
          <Route path={paths.operations} component={OperationsPage} />
          <Route path={paths.machine} component={MachinePage} />
          <Route path={`${BASE}/inspect/:id`} component={InspectPage} />
          <Route path={paths.quality} component={QualityPage} />
          <Route path={paths.reports} component={ReportsPage} />
          {sandbox ? [<Route key="phones" path={paths.phones} component={PhonesPage} />] : []}
          <Route default component={NotFoundPage} />
        </Router>
      </ErrorBoundary>
    </Shell>
  );
};

const Phase = () => {
  const phase = useStore(appStore, (context) => context.phase);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const ask = (): void => {
    setProblem(null);
    findSession().then(setProblem, trouble);
  };
  useEffect(() => {
    if (phase !== 'checking') return;
    // A one-time link signs in by itself; the sign-in page trades it.
    if (new URLSearchParams(location.search).has('link')) appStore.trigger.left();
    else ask();
  }, []);
  if (phase === 'checking') return problem === null ? null : <Failure error={problem} onRetry={ask} />;
  return phase === 'in' ? <SignedIn /> : <SignInPage />;
};

export const App = () => {
  // All words change at once: a new language is a new tree.
  const locale = useStore(localeStore, (context) => context.locale);
  return (
    <LocationProvider scope={BASE} key={locale}>
      <Phase />
      <Announcer />
      <Toasts />
    </LocationProvider>
  );
};

/** The admin's singletons, wired together: one client, one socket, one list. */
import { makeClient } from '../api/client.ts';
import { makeApi } from '../api/endpoints.ts';
import { ApiError } from '../api/error.ts';
import { t } from '../i18n/i18n.ts';
import { clockStore } from '../lib/clock.ts';
import { randomId } from '../lib/random-id.ts';
import { makeLiveClient, type SocketLike } from '../live/live-client.ts';
import { makeAppStore } from '../stores/app-store.ts';
import { makeListStore } from '../stores/list-store.ts';
import { makeListLoader } from './list-loader.ts';

/** How long a toast stays; failures stay until they are closed. */
const TOAST_MS = 4000;

export const appStore = makeAppStore();
export const listStore = makeListStore();

const client = makeClient({
  fetch: (input, init) => fetch(input, init),
  now: () => Date.now(),
  csrfToken: () => appStore.getSnapshot().context.session?.csrfToken ?? '',
  onUnauthorized: () => signedOut(),
  onServerTime: (offset) => clockStore.trigger.offsetLearnt({ offset }),
});

export const api = makeApi(client);

const connect = (): SocketLike => {
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/v1/live`);
  const like: SocketLike = {
    send: (text) => socket.send(text),
    close: () => socket.close(),
    onopen: null,
    onclose: null,
    onmessage: null,
  };
  socket.onopen = () => like.onopen?.();
  socket.onclose = () => like.onclose?.();
  socket.onmessage = (event: MessageEvent<unknown>) => like.onmessage?.(event);
  return like;
};

export const live = makeLiveClient({
  connect,
  random: Math.random,
  setTimeout: (run, ms) => window.setTimeout(run, ms),
  clearTimeout: (timer) => window.clearTimeout(timer),
  onStatus: (status) => appStore.trigger.liveChanged({ status }),
  onRefused: () => {
    // The browser does not say why a socket was refused; the session's endpoint does.
    if (appStore.getSnapshot().context.phase === 'in') api.sessions.current().catch(reportLostSession);
  },
});

export const list = makeListLoader({ api, live, store: listStore, onTrouble: trouble });

/** A short message that goes by itself, or stays when it is bad news. */
export function toast(tone: 'good' | 'bad', text: string): void {
  const id = randomId();
  appStore.trigger.toasted({ toast: { id, tone, text } });
  if (tone === 'good') setTimeout(() => appStore.trigger.toastDropped({ id }), TOAST_MS);
}

/** What to tell the person about a failure. */
export const messageOf = (error: unknown): string =>
  error instanceof ApiError ? error.message : t('somethingFailed');

/** Shows a failure; a lost connection has its banner and a lost session its page, so those need no toast. */
export function trouble(error: unknown): void {
  if (error instanceof ApiError && (error.status === 0 || error.status === 401)) return;
  toast('bad', messageOf(error));
  if (!(error instanceof ApiError)) reportError(error);
}

function reportLostSession(error: unknown): void {
  if (error instanceof ApiError && error.status === 401) signedOut();
  else if (error instanceof ApiError && error.status === 0) return;
  else trouble(error);
}

function signedOut(): void {
  live.stop();
  listStore.trigger.cleared();
  appStore.trigger.signedOut();
}

/** Ends the session on purpose. */
export const signOut = async (): Promise<void> => {
  try {
    await api.sessions.signOut();
  } catch (error) {
    // Already gone is as good as signed out; anything else must be told, the session still stands.
    if (!(error instanceof ApiError && error.status === 401)) return trouble(error);
  }
  live.stop();
  listStore.trigger.cleared();
  appStore.trigger.left();
};

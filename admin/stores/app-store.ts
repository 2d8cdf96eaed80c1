/** What the whole application shares: who is signed in, whether the stream lives, and short messages to the person. */
import { createStore } from '@xstate/store';
import type { Session } from '../api/types.ts';
import type { LiveStatus } from '../live/live-client.ts';

/** Older ones make room: nobody reads a pile of toasts (G10). */
export const MAX_TOASTS = 4;

export interface Toast {
  readonly id: string;
  readonly tone: 'good' | 'bad';
  readonly text: string;
}

export interface AppContext {
  readonly phase: 'checking' | 'out' | 'in';
  readonly session: Session | null;
  /** A session that was there has ended: the sign-in page says so. */
  readonly ended: boolean;
  readonly live: LiveStatus;
  readonly toasts: readonly Toast[];
  readonly sheet: 'keys' | 'palette' | null;
}

const initial: AppContext = {
  phase: 'checking',
  session: null,
  ended: false,
  live: 'connecting',
  toasts: [],
  sheet: null,
};

export const makeAppStore = () =>
  createStore({
    context: initial,
    on: {
      signedIn: (context, event: { session: Session }): AppContext => ({
        ...context,
        phase: 'in',
        session: event.session,
        ended: false,
      }),
      signedOut: (context): AppContext => ({
        ...context,
        phase: 'out',
        session: null,
        ended: context.phase === 'in',
      }),
      left: (context): AppContext => ({ ...context, phase: 'out', session: null, ended: false }),
      liveChanged: (context, event: { status: LiveStatus }): AppContext => ({
        ...context,
        live: event.status,
      }),
      toasted: (context, event: { toast: Toast }): AppContext => ({
        ...context,
        toasts: [...context.toasts, event.toast].slice(-MAX_TOASTS),
      }),
      toastDropped: (context, event: { id: string }): AppContext => ({
        ...context,
        toasts: context.toasts.filter((toast) => toast.id !== event.id),
      }),
      sheetShown: (context, event: { sheet: AppContext['sheet'] }): AppContext => ({
        ...context,
        sheet: event.sheet,
      }),
    },
  });

/** May this person change anything? */
export const mayWrite = (context: AppContext): boolean =>
  context.session !== null && context.session.role !== 'viewer';

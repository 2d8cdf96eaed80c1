/** Hears what other replicas say, on a connection of its own that comes back by itself. */

import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Context } from './context.ts';
import { faultOf } from './errors.ts';
import { CHANNEL, type Notice } from './notifier.ts';

export interface Listener {
  readonly stop: () => Promise<void>;
}

/** `onNotice` gets others' notices; `onConnected` runs after each (re)connection, when anything may have been missed. */
export const startListener = (
  context: Context,
  onNotice: (notice: Notice) => void,
  onConnected: () => void,
): Listener => {
  const stopping = new AbortController();
  let client: pg.Client | null = null;

  const hear = (payload: string | undefined): void => hearNotice(context, payload, onNotice);

  const listenOnce = async (): Promise<void> => {
    const connection = new pg.Client({
      connectionString: context.db.url,
      application_name: 'treejar-engine-listen',
      keepAlive: true,
    });
    client = connection;
    const ended = new Promise<void>((resolve) => connection.once('end', resolve));
    connection.on('error', () => {}); // 'end' follows, and the reason is of no use to anyone: it reconnects
    connection.on('notification', (message) => hear(message.payload));
    await connection.connect();
    await connection.query(`listen ${CHANNEL}`);
    onConnected();
    await ended;
  };

  const keepListening = async (): Promise<void> => {
    const { faultRetryMs, faultRetryMaxMs } = context.limits;
    for (let fault = 0; !stopping.signal.aborted; fault++) {
      const since = context.clock.now();
      try {
        await listenOnce();
      } catch (error) {
        context.log.warn({ error: faultOf(error) }, 'cannot listen to other replicas; polling goes on');
      }
      if (context.clock.now() - since > faultRetryMaxMs) fault = 0;
      const wait = Math.min(faultRetryMaxMs, faultRetryMs * 2 ** Math.min(fault, 10));
      await sleep(wait, undefined, { signal: stopping.signal }).catch(() => undefined); // stopping ends the wait
    }
  };

  const done = keepListening();
  return {
    stop: async () => {
      stopping.abort();
      await client?.end().catch(() => undefined); // it may never have been connected
      await done;
    },
  };
};

/** Passes on what other replicas said; our own words and strangers' are no news. */
export const hearNotice = (
  context: Pick<Context, 'incarnation'>,
  payload: string | undefined,
  onNotice: (notice: Notice) => void,
): void => {
  const notice = parse(payload);
  if (notice && notice.from !== context.incarnation) onNotice(notice);
};

const parse = (payload: string | undefined): Notice | null => {
  try {
    const value: unknown = JSON.parse(payload ?? '');
    return typeof value === 'object' && value !== null && 'from' in value ? (value as Notice) : null;
  } catch {
    return null; // somebody else's message on our channel
  }
};

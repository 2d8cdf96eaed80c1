/**
 * One watched connection to Redis. ioredis reconnects by itself; what it does not notice is a server that keeps the
 * connection and stays silent (stopped, swapping, a network that swallows packets). A heartbeat does.
 */
import { Redacted } from 'effect';
import { Redis } from 'ioredis';

export interface ConnectionEvents {
  /** Connected, authenticated and answering. */
  readonly up: () => void;
  /** Answered a heartbeat. */
  readonly alive: () => void;
  /** Can come several times for one outage. */
  readonly down: (reason: string) => void;
}

export interface Connection {
  readonly client: Redis;
  readonly isUp: () => boolean;
  /** It seems to hang: use it no more until it answers, or connect anew. */
  readonly suspect: () => void;
  /** Connect anew. */
  readonly drop: (reason: string) => void;
  readonly close: () => void;
}

export const HEARTBEAT_MS = 1000;
/** A heartbeat's answer; longer than an operation's, so that one long command of somebody else is no outage. */
const HEARTBEAT_ANSWER_MS = 500;
/** Heartbeats that a connection may take from connected to ready. */
const HEARTBEATS_TO_READY = 5;
const CONNECT_TIMEOUT_MS = 2000;
/** A silent server does not answer our goodbye either. */
const DISCONNECT_TIMEOUT_MS = 100;
const RECONNECT_MIN_MS = 50;
const RECONNECT_MAX_MS = 5000;

/** Half of it random, so that replicas do not return all at once. */
const reconnectMs = (attempt: number): number =>
  Math.min(RECONNECT_MIN_MS * 2 ** Math.min(attempt, 10), RECONNECT_MAX_MS) * (0.5 + Math.random() / 2);

/** A code or a class, never the whole message: it can quote a key. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  const code = (error as NodeJS.ErrnoException).code;
  return code ?? /^[A-Z]{3,}\b/.exec(error.message)?.[0] ?? error.name;
};

/** Starts to connect at once and never gives up. */
export const connect = (url: Redacted.Redacted, name: string, events: ConnectionEvents): Connection => {
  const client = new Redis(Redacted.value(url), {
    connectionName: name,
    connectTimeout: CONNECT_TIMEOUT_MS,
    disconnectTimeout: DISCONNECT_TIMEOUT_MS,
    // Nothing waits for Redis: what cannot be done now is done without it.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // Ours, so that gaps are told exactly when the channels are listened to again.
    autoResubscribe: false,
    retryStrategy: reconnectMs,
  });
  let up = false;
  let suspected = false;
  let closed = false;
  let beatsUnready = 0;
  let lastError: string | null = null;

  const lost = (reason: string): void => {
    up = false;
    if (!closed) events.down(reason);
  };
  const drop = (reason: string): void => {
    // In any other state ioredis is about to connect anew already.
    const isOpen = up || client.status === 'connect';
    lost(reason);
    if (!closed && isOpen) client.disconnect(true);
  };
  client.on('ready', () => {
    up = true;
    beatsUnready = 0;
    events.up();
  });
  // An error that ends a connection is followed by "close".
  client.on('error', (error) => {
    lastError = reasonOf(error);
  });
  client.on('close', () => {
    lost(lastError ?? 'closed');
    lastError = null;
  });

  const examine = async (): Promise<void> => {
    const answered = await answers(client);
    suspected = false;
    if (closed || !up) return;
    if (answered) events.alive();
    else drop('no answer');
  };
  const beat = async (): Promise<void> => {
    if (up) return examine();
    beatsUnready = client.status === 'connect' ? beatsUnready + 1 : 0;
    if (beatsUnready > HEARTBEATS_TO_READY) drop('not ready in time');
  };
  const timer = setInterval(() => void beat(), HEARTBEAT_MS);
  timer.unref();

  return {
    client,
    isUp: () => up && !suspected,
    suspect: () => {
      if (suspected || !up) return;
      suspected = true;
      void examine();
    },
    drop,
    close: () => {
      closed = true;
      up = false;
      clearInterval(timer);
      client.disconnect();
    },
  };
};

const answers = (client: Redis): Promise<boolean> =>
  new Promise((resolve) => {
    // After a stall of ours the answer may lie in the socket already: it is read before the immediate runs.
    const timer = setTimeout(() => setImmediate(resolve, false), HEARTBEAT_ANSWER_MS);
    client.ping().then(
      () => resolve(true),
      () => resolve(false),
    );
    timer.unref();
  });

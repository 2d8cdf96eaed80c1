/**
 * The one socket of the admin (contract 3.3). Subscribers name a topic and what they have seen; the client keeps the
 * connection, asks again after each reconnect from where the subscriber stands, and tells it when frames were lost.
 */
import type { Frame, LiveNotice } from '../api/types.ts';
import { backoffMs } from './backoff.ts';

export type LiveStatus = 'connecting' | 'open' | 'offline';

/** What the client needs of a WebSocket; a fake stands in for it in tests. */
export interface SocketLike {
  readonly send: (text: string) => void;
  readonly close: () => void;
  onopen: (() => void) | null;
  onclose: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
}

export interface LiveOptions {
  readonly connect: () => SocketLike;
  readonly random: () => number;
  readonly setTimeout: (run: () => void, ms: number) => number;
  readonly clearTimeout: (timer: number) => void;
  readonly onStatus: (status: LiveStatus) => void;
  /** A connection could not be opened: the place to find out whether the session still stands. */
  readonly onRefused: () => void;
}

export interface Subscriber {
  readonly topic: string;
  /** The newest sequence number seen; absent for topics without one. */
  readonly since?: () => number;
  readonly onFrame: (frame: Frame) => void;
  /** Frames may have been lost (reconnect, or the server said `gap`): fetch again. */
  readonly onGap: () => void;
  /** The server refuses the topic; `message` says why. */
  readonly onRefused?: (message: string) => void;
}

export interface LiveClient {
  readonly start: () => void;
  readonly stop: () => void;
  /** Returns the unsubscriber. One subscriber a topic: the stores are shared, not the topics. */
  readonly subscribe: (subscriber: Subscriber) => () => void;
  /** Tells others that this person writes, or stopped. Lost when offline: presence is worth nothing late. */
  readonly writing: (topic: string, on: boolean) => void;
  /** Connects at once instead of waiting for the back-off (the network came back, the page was opened). */
  readonly wake: () => void;
}

export const PING_EVERY_MS = 20_000;
/** No frame and no pong for so long: the connection is dead although nobody closed it. */
export const SILENCE_LIMIT_MS = 50_000;

/** A frame of a topic, or the server's refusal of one. */
type Incoming = Frame | Extract<LiveNotice, { readonly type: 'error' }>;

const parseFrame = (data: unknown): Incoming | null => {
  if (typeof data !== 'string') return null;
  try {
    const frame: unknown = JSON.parse(data);
    if (typeof frame !== 'object' || frame === null || !('topic' in frame) || !('type' in frame)) return null;
    return frame as Incoming;
  } catch {
    // Not for us; the silence limit catches a connection that speaks nothing else.
    return null;
  }
};

/** Builds the client; nothing happens before `start`. */
export const makeLiveClient = (options: LiveOptions): LiveClient => {
  const subscribers = new Map<string, Subscriber>();
  let socket: SocketLike | null = null;
  let opened = false;
  let running = false;
  let everOpened = false;
  let attempt = 0;
  let pings = 0;
  let retryTimer: number | null = null;
  let pingTimer: number | null = null;
  let silenceTimer: number | null = null;

  const clear = (timer: number | null): null => {
    if (timer !== null) options.clearTimeout(timer);
    return null;
  };

  const say = (message: unknown): void => {
    if (opened) socket?.send(JSON.stringify(message));
  };

  const ask = (subscriber: Subscriber): void => {
    const since = subscriber.since?.();
    say(since === undefined ? { subscribe: subscriber.topic } : { subscribe: subscriber.topic, since });
  };

  const listenForSilence = (): void => {
    silenceTimer = clear(silenceTimer);
    silenceTimer = options.setTimeout(lost, SILENCE_LIMIT_MS);
  };

  const pingLater = (): void => {
    pingTimer = options.setTimeout(() => {
      pings += 1;
      say({ ping: pings });
      pingLater();
    }, PING_EVERY_MS);
  };

  const release = (): void => {
    const dead = socket;
    socket = null;
    opened = false;
    pingTimer = clear(pingTimer);
    silenceTimer = clear(silenceTimer);
    if (dead === null) return;
    dead.onopen = null;
    dead.onclose = null;
    dead.onmessage = null;
    dead.close();
  };

  function lost(): void {
    const refused = !opened;
    release();
    if (!running) return;
    options.onStatus('offline');
    if (refused) options.onRefused();
    retryTimer = clear(retryTimer);
    retryTimer = options.setTimeout(open, backoffMs(attempt, options.random()));
    attempt += 1;
  }

  const receive = (data: unknown): void => {
    listenForSilence();
    const frame = parseFrame(data);
    if (frame === null) return;
    const subscriber = subscribers.get(frame.topic);
    if (frame.type === 'gap') subscriber?.onGap();
    else if (frame.type === 'error') subscriber?.onRefused?.(frame.error.message);
    else subscriber?.onFrame(frame);
  };

  const onOpen = (): void => {
    opened = true;
    attempt = 0;
    options.onStatus('open');
    listenForSilence();
    pingLater();
    for (const subscriber of subscribers.values()) {
      ask(subscriber);
      if (everOpened) subscriber.onGap();
    }
    everOpened = true;
  };

  function open(): void {
    retryTimer = clear(retryTimer);
    if (!running || socket !== null) return;
    if (!everOpened) options.onStatus('connecting');
    socket = options.connect();
    socket.onopen = onOpen;
    socket.onclose = lost;
    socket.onmessage = (event) => receive(event.data);
  }

  return {
    start: () => {
      if (running) return;
      running = true;
      open();
    },
    stop: () => {
      running = false;
      everOpened = false;
      attempt = 0;
      retryTimer = clear(retryTimer);
      release();
      options.onStatus('connecting');
    },
    subscribe: (subscriber) => {
      subscribers.set(subscriber.topic, subscriber);
      ask(subscriber);
      return () => {
        if (subscribers.get(subscriber.topic) !== subscriber) return;
        subscribers.delete(subscriber.topic);
        say({ unsubscribe: subscriber.topic });
      };
    },
    writing: (topic, on) => say({ presence: topic, writing: on }),
    wake: () => {
      if (!running || socket !== null) return;
      attempt = 0;
      open();
    },
  };
};

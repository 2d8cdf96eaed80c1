/** What a peer must be able to do: take a message of the workload and say when it is durably done. */
import type { Message } from './workload.ts';

export interface Peer {
  readonly name: string;
  /** What was switched on or chosen, for the reader of its number. */
  readonly configuration: string;
  /** Calls at once with which it was fastest. */
  readonly inFlight: number;
  /** On an empty database of its own. Throws when it cannot be started here. */
  readonly start: (databaseUrl: string) => Promise<RunningPeer>;
}

export interface RunningPeer {
  /** Resolves when the message is applied, its command is queued and both are durable. */
  readonly take: (message: Message) => Promise<unknown>;
  /** Throws when not exactly `messages` were applied, each once and in order. */
  readonly verify: (messages: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

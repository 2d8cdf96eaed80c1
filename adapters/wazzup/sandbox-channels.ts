/** The sandbox account's channels and what state each is in: a switch for bad days (lesson F-45). */

export interface SandboxChannel {
  readonly channelId: string;
  /** As the list spells it; the webhook spells some states otherwise (wire/01 §2.3). */
  readonly state: string;
}

export class SandboxChannels {
  readonly transport: 'whatsapp' | 'wapi';
  readonly #states: Map<string, string>;

  constructor(channelIds: readonly string[], transport: 'whatsapp' | 'wapi') {
    this.transport = transport;
    this.#states = new Map(channelIds.map((id) => [id, 'active']));
  }

  has(channelId: string): boolean {
    return this.#states.has(channelId);
  }

  /** False: there is no such channel. `null` takes the channel out of the account. */
  set(channelId: string, state: string | null): boolean {
    if (!this.#states.has(channelId)) return false;
    if (state === null) this.#states.delete(channelId);
    else this.#states.set(channelId, state);
    return true;
  }

  /** As GET /channels answers. */
  list(): readonly object[] {
    return [...this.#states].map(([channelId, state]) => ({
      channelId,
      transport: this.transport,
      plainId: '971500000000',
      state,
      name: 'Sandbox line',
    }));
  }
}

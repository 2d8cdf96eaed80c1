/** Who may speak, since when and why. */

export interface OwnerFacts {
  readonly name: string | null;
  readonly since: number;
  readonly reason: string | null;
  /** Trigger number of domain 8.1. */
  readonly trigger: number | null;
  /** Acknowledgements given since the hand-over: two at most (domain 8.4). */
  readonly acknowledged: number;
  readonly lastAlertAt: number;
  /** What managers were asked about is a concrete order: they confirm or reject it (domain 8.6). */
  readonly about?: 'order' | null;
  /** How long the person may be silent before the chat is offered back, ms, chosen with the take-over. Absent: the setting. */
  readonly returnInMs?: number | null;
  /** When managers were told of a reason that does not silence the assistant, by trigger. */
  readonly told?: Readonly<Record<string, number>>;
  /** A manager's answer from Telegram on its way to the customer. Absent in snapshots of before. */
  readonly answer?: ManagerAnswer | null;
}

export interface ManagerAnswer {
  readonly by: string;
  /** As the manager typed it; the adapted words once there are some. */
  readonly text: string;
  readonly learn: boolean;
  /** What the customer had asked. */
  readonly question: string;
  readonly localId: string | null;
  /** It is the word on a concrete order. */
  readonly decision?: 'confirm' | 'reject';
}

export interface OwnerArea {
  readonly owner: OwnerFacts;
}

export const INITIAL_OWNER: OwnerArea = {
  owner: { name: null, since: 0, reason: null, trigger: null, acknowledged: 0, lastAlertAt: 0 },
};

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
}

export interface OwnerArea {
  readonly owner: OwnerFacts;
}

export const INITIAL_OWNER: OwnerArea = {
  owner: { name: null, since: 0, reason: null, trigger: null, acknowledged: 0, lastAlertAt: 0 },
};

/**
 * Events on their way in go before steps (G1 before speed): whoever sent one waits for an answer, a step keeps nobody
 * waiting who was not answered. Both share one event loop, so the steps have to make room.
 */
export class Pressure {
  private readonly maxWaitMs: number;
  private arrivals = 0;
  private readonly waiting = new Set<() => void>();

  /** `maxWaitMs`: steps give way so long at a time and then go on, so that no flood of events stops them. */
  constructor(maxWaitMs: number) {
    this.maxWaitMs = maxWaitMs;
  }

  /** Whether events wait to become durable. */
  get isHigh(): boolean {
    return this.arrivals > 0;
  }

  entered(events: number): void {
    this.arrivals += events;
  }

  left(events: number): void {
    this.arrivals -= events;
    if (this.arrivals === 0) for (const go of this.waiting) go();
  }

  /** Resolves when no event waits, and at the latest after `maxWaitMs`. */
  giveWay(): Promise<void> {
    if (this.arrivals === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const go = (): void => {
        clearTimeout(timer);
        this.waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(go, this.maxWaitMs);
      this.waiting.add(go);
    });
  }
}

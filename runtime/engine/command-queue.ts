/** Commands waiting for a free place: one queue per vendor, so that a slow vendor holds up nobody else. */
import type { CommandRef } from './store/commands.ts';

export interface Capacity {
  /** Running at once, in all and of one vendor. */
  readonly total: number;
  readonly vendor: (vendor: string) => number;
  /** Waiting, in all. */
  readonly backlog: number;
}

export class CommandQueue {
  private readonly capacity: Capacity;
  private readonly waiting = new Map<string, Map<string, CommandRef>>();
  private readonly inUse = new Map<string, number>();
  private waitingCount = 0;
  private inUseCount = 0;

  constructor(capacity: Capacity) {
    this.capacity = capacity;
  }

  /** False: the queue is full; the command stays in the outbox. */
  push(vendor: string, ref: CommandRef): boolean {
    if (this.waitingCount >= this.capacity.backlog) return false;
    const queue = this.waiting.get(vendor) ?? new Map<string, CommandRef>();
    if (queue.has(ref.commandId)) return true;
    queue.set(ref.commandId, ref);
    this.waiting.set(vendor, queue);
    this.waitingCount++;
    return true;
  }

  has(vendor: string, commandId: string): boolean {
    return this.waiting.get(vendor)?.has(commandId) ?? false;
  }

  get freeBacklog(): number {
    return this.capacity.backlog - this.waitingCount;
  }

  /** Takes what may start now, vendors in turn, and counts it as running until `release`. */
  take(): readonly { readonly vendor: string; readonly ref: CommandRef }[] {
    const taken: { vendor: string; ref: CommandRef }[] = [];
    for (let progress = true; progress; ) {
      progress = false;
      for (const vendor of [...this.waiting.keys()]) {
        const ref = this.takeOne(vendor);
        if (ref === null) continue;
        taken.push({ vendor, ref });
        progress = true;
      }
    }
    return taken;
  }

  release(vendor: string): void {
    const left = (this.inUse.get(vendor) ?? 1) - 1;
    if (left === 0) this.inUse.delete(vendor);
    else this.inUse.set(vendor, left);
    this.inUseCount--;
  }

  clear(): void {
    this.waiting.clear();
    this.waitingCount = 0;
  }

  private takeOne(vendor: string): CommandRef | null {
    const queue = this.waiting.get(vendor);
    const used = this.inUse.get(vendor) ?? 0;
    if (!queue || this.inUseCount >= this.capacity.total || used >= this.capacity.vendor(vendor)) return null;
    const [first] = queue.values();
    if (first === undefined) return null;
    queue.delete(first.commandId);
    if (queue.size === 0) this.waiting.delete(vendor);
    this.waitingCount--;
    this.inUseCount++;
    this.inUse.set(vendor, used + 1);
    return first;
  }
}

/**
 * Runs commands: at least once, their result applied once (G5), never after they were cancelled (G7). The outbox is the
 * truth; what is in memory is a queue of places to look at.
 */
import { abandoned, type Ended, runAttempt, settlementOf, unknownCommand } from './attempt.ts';
import { CommandQueue } from './command-queue.ts';
import { atMost, type Context } from './context.ts';
import { faultOf } from './errors.ts';
import { makeSettler, type Settler } from './settler.ts';
import {
  adoptCommands,
  type ClaimedCommand,
  type CommandRef,
  claimCommands,
  ownDueCommands,
  ownRunningCommands,
  releaseCommands,
  unclaimCommands,
} from './store/commands.ts';
import type { CommandHandler } from './types.ts';

export interface Runner {
  /** Commands that this replica has just committed. */
  readonly start: (refs: readonly CommandRef[]) => void;
  /** Commands that a commit cancelled: running ones are interrupted. */
  readonly cancel: (commandIds: readonly string[]) => void;
  /** Finds due, orphaned and lost commands. */
  readonly poll: () => Promise<void>;
  /** Waits for running commands at most `graceMs`, interrupts the rest, gives up all claims. */
  readonly stop: (graceMs: number) => Promise<void>;
}

/** `onResults` hears of actors with a result in their mailbox. */
export const makeRunner = (context: Context, onResults: (actorIds: readonly string[]) => void): Runner =>
  new CommandRunner(context, onResults);

/** A retry due later than this is left to the poll, ms. */
const NEAR_MS = 60_000;

class CommandRunner implements Runner {
  private readonly context: Context;
  private readonly queue: CommandQueue;
  private readonly settler: Settler;
  /** Claimed or running, by command id. */
  private readonly active = new Map<
    string,
    { readonly abort: AbortController; readonly done: Promise<void> }
  >();
  /** Claims and polls take turns: a poll must not mistake a claim on its way for a lost one. */
  private turn: Promise<void> = Promise.resolve();
  private pumping = false;
  private stopped = false;

  constructor(context: Context, onResults: (actorIds: readonly string[]) => void) {
    this.context = context;
    this.settler = makeSettler(context, onResults);
    const { limits } = context;
    this.queue = new CommandQueue({
      total: limits.commandsRunning,
      vendor: (vendor) => limits.vendorConcurrency[vendor] ?? limits.commandsPerVendor,
      backlog: limits.commandBacklog,
    });
  }

  start(refs: readonly CommandRef[]): void {
    if (this.stopped) return;
    for (const ref of refs) {
      if (!this.active.has(ref.commandId)) this.queue.push(this.vendorOf(ref), ref);
    }
    this.pump();
  }

  cancel(commandIds: readonly string[]): void {
    for (const id of commandIds) this.active.get(id)?.abort.abort();
  }

  poll(): Promise<void> {
    return this.inTurn(async () => {
      if (this.stopped) return;
      const { db, clock, limits, incarnation, host } = this.context;
      await this.dropLost();
      const room = Math.min(limits.pollPage, this.queue.freeBacklog);
      if (room <= 0) return;
      this.start(await ownDueCommands(db.pool, incarnation, clock.now(), room));
      this.start(await adoptCommands(db.pool, host.names, incarnation, clock.now(), room));
    });
  }

  async stop(graceMs: number): Promise<void> {
    this.stopped = true;
    this.queue.clear();
    await this.turn;
    const all = (): Promise<unknown> => Promise.all([...this.active.values()].map(({ done }) => done));
    await atMost(all(), graceMs);
    for (const { abort } of this.active.values()) abort.abort();
    await this.settler.stop();
    await all();
    const released = await releaseCommands(this.context.db.pool, this.context.incarnation);
    if (released > 0) this.context.log.info({ released }, 'commands were given back for other replicas');
  }

  private vendorOf(ref: CommandRef): string {
    return this.context.host.handler(ref.kind, ref.name)?.vendor ?? '';
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined); // whoever asked for the work hears of its fault
    return result;
  }

  /** Claims whatever may start, in one statement, again and again while places are free. */
  private pump(): void {
    if (this.pumping || this.stopped) return;
    this.pumping = true;
    this.inTurn(async () => {
      this.pumping = false;
      const taken = this.stopped ? [] : this.queue.take();
      if (taken.length > 0) await this.claim(taken);
    }).catch((error: unknown) => {
      this.context.log.warn({ error: faultOf(error) }, 'commands could not be claimed; the poll will do it');
    });
  }

  private async claim(taken: ReturnType<CommandQueue['take']>): Promise<void> {
    const { db, clock, incarnation, trigger } = this.context;
    const vendors = new Map(taken.map(({ vendor, ref }) => [ref.commandId, vendor]));
    const aborts = new Map(taken.map(({ ref }) => [ref.commandId, new AbortController()]));
    // Known from here on, so that a cancellation that overtakes the claim's answer is not lost.
    for (const [id, abort] of aborts) this.active.set(id, { abort, done: Promise.resolve() });
    let claimed: readonly ClaimedCommand[] = [];
    try {
      await trigger('command.before-claim');
      claimed = await claimCommands(
        db.pool,
        taken.map(({ ref }) => ref),
        incarnation,
        clock.now(),
      );
    } finally {
      const ours = new Set(claimed.map((command) => command.commandId));
      for (const [id, vendor] of vendors) if (!ours.has(id)) this.finish(id, vendor);
    }
    for (const command of claimed) {
      const abort = aborts.get(command.commandId) ?? new AbortController();
      const vendor = vendors.get(command.commandId) ?? '';
      const done = this.run(command, abort.signal).finally(() => this.finish(command.commandId, vendor));
      this.active.set(command.commandId, { abort, done });
    }
  }

  private finish(commandId: string, vendor: string): void {
    this.active.delete(commandId);
    this.queue.release(vendor);
    this.pump();
  }

  /** Never rejects. */
  private async run(command: ClaimedCommand, signal: AbortSignal): Promise<void> {
    const { host, limits, clock, random, trigger } = this.context;
    const handler = host.handler(command.kind, command.name);
    try {
      await trigger('command.before-run');
      const ended = signal.aborted
        ? ({ tag: 'interrupted' } as const)
        : await this.attempt(handler, command, signal);
      await trigger('command.after-run');
      if (ended.tag === 'interrupted') return;
      const retry = handler?.retry ?? { maxAttempts: 1, baseMs: 0, capMs: 0 };
      const settlement = settlementOf(command, ended, {
        now: clock.now(),
        random: random(),
        retry,
        maxChars: limits.eventBodyChars,
      });
      const ours = await this.settler.settle(settlement);
      if (ended.tag === 'failed') this.report(command, ended, settlement.status, ours);
      if (ours && settlement.nextAt !== null) this.again(command, settlement.nextAt);
      await trigger('command.after-complete');
    } catch (error) {
      this.context.log.error(
        { command: command.name, error: faultOf(error) },
        'a command was left for its next claim',
      );
    }
  }

  private attempt(
    handler: CommandHandler | undefined,
    command: ClaimedCommand,
    signal: AbortSignal,
  ): Promise<Ended> {
    const fail = (failure: ReturnType<typeof abandoned>): Promise<Ended> =>
      Promise.resolve({ tag: 'failed', failure });
    if (!handler) return fail(unknownCommand(command.name));
    const most = handler.retry.maxAttempts + this.context.limits.commandTakeovers;
    if (command.attempt > most) return fail(abandoned(most));
    return runAttempt(handler, command, signal);
  }

  private again(ref: CommandRef, nextAt: number): void {
    const wait = nextAt - this.context.clock.now();
    if (wait <= NEAR_MS) setTimeout(() => this.start([ref]), Math.max(0, wait)).unref();
  }

  /** The failure's text may quote a customer: it is in the outbox, not in the log. */
  private report(
    command: ClaimedCommand,
    ended: Extract<Ended, { tag: 'failed' }>,
    status: string,
    ours: boolean,
  ): void {
    const { log, logId } = this.context;
    const fields = {
      command: command.name,
      actor: logId(command.actorId),
      attempt: command.attempt,
      error: ended.failure._tag,
      status: ours ? status : 'not ours any more',
    };
    if (ours && status === 'parked') log.error(fields, 'a command was parked: see the dead letters');
    else log.warn(fields, 'a command failed');
  }

  /**
   * Compares memory with the table: a claim whose answer got lost is put back, and an attempt that another replica
   * took while this process stood still is interrupted.
   */
  private async dropLost(): Promise<void> {
    const { db, incarnation } = this.context;
    const before = new Set(this.active.keys());
    const inTable = new Set(await ownRunningCommands(db.pool, incarnation));
    const lost = [...inTable].filter((id) => !this.active.has(id) && !before.has(id));
    if (lost.length > 0) await unclaimCommands(db.pool, incarnation, lost);
    for (const id of before) if (!inTable.has(id)) this.active.get(id)?.abort.abort();
  }
}

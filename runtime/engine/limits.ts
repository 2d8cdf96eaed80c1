/** Every queue, batch, backlog and wait of the engine has its limit here (G10). */
export interface EngineLimits {
  /** Lanes of one replica; an actor always maps to the same lane. 2-4 measured best (engine.md, variants). */
  readonly lanes: number;
  /** Actors of one commit. */
  readonly batchActors: number;
  /**
   * Actors of one commit while events wait to become durable, and how long each batch gives way to those, ms: long beside
   * what such a batch takes (some 20 ms), so that most of a flood's time is the flood's; steps go on all the same.
   */
  readonly batchActorsPressed: number;
  readonly stepWaitMs: number;
  /** Actors stepped in one turn of the event loop: what arrives meanwhile waits no longer than that. */
  readonly actorsPerTurn: number;
  /** Events of one actor in one commit; the rest waits for the next, so that one actor cannot hold the lane. */
  readonly eventsPerActor: number;
  /** Actors a lane remembers as having work; beyond it the poll finds them, nothing is lost. */
  readonly laneBacklogActors: number;
  /** Events of one mailbox insert. */
  readonly deliverBatchEvents: number;
  /** Events of one merged commit (recorded and applied at once); 0: every event goes through the mailbox first. */
  readonly mergeBatchEvents: number;
  /** JSON characters of the events of one insert or merged commit; a single larger event goes alone. */
  readonly deliverBatchChars: number;
  /** Events, and their JSON characters, that are accepted and not durable yet; beyond it `deliver` answers EngineBusy. */
  readonly deliverBacklogEvents: number;
  readonly deliverBacklogChars: number;
  /** Actors whose events are put behind others in the mailbox without trying to merge them first, per lane. */
  readonly recordFirstActors: number;
  /** Snapshots kept in memory, and their JSON characters; 0 of either: each batch reads its actors anew. */
  readonly cacheActors: number;
  readonly cacheChars: number;
  /** A lane's statement waits for a row lock at most this long. */
  readonly lockWaitMs: number;
  /** JSON characters of one event's body. */
  readonly eventBodyChars: number;
  /** Characters of actor and event ids. */
  readonly idChars: number;
  /** Backstop of LISTEN/NOTIFY: looks for work nobody told us of. */
  readonly pollMs: number;
  /** A pending event younger than this is left to the replica that accepted it. */
  readonly pollGraceMs: number;
  /** Commands (timers) found by one poll; a full page is followed by the next at once. */
  readonly pollPage: number;
  /** Actors with pending events found by one; large, because each page puts all that waits in order. */
  readonly pendingPage: number;
  /** How soon an actor that another replica holds is tried again. */
  readonly lockedRetryMs: number;
  /** First and longest wait after a database fault. */
  readonly faultRetryMs: number;
  readonly faultRetryMaxMs: number;
  /** A replica that has not renewed for this long is dead; its commands are anyone's. */
  readonly leaseMs: number;
  readonly heartbeatMs: number;
  /** Commands running at once in this replica, and of one vendor. */
  readonly commandsRunning: number;
  readonly commandsPerVendor: number;
  /** Overrides of `commandsPerVendor`. */
  readonly vendorConcurrency: Readonly<Record<string, number>>;
  /** Commands queued in memory; beyond it they wait in the outbox. */
  readonly commandBacklog: number;
  /** Starts of one command beyond its `maxAttempts` when replicas die under it; then it fails for good. */
  readonly commandTakeovers: number;
  /** Timers due later than this are left to the poll. */
  readonly timerHorizonMs: number;
  /** Neighbouring due times are fired together. */
  readonly timerBucketMs: number;
  /** Microsteps of one event: a cycle of `always` transitions parks its event instead of hanging the process. */
  readonly microsteps: number;
  /** Guards recorded per step, changes per step, and characters of an `old` value; beyond it, the diff is coarser. */
  readonly guardsPerStep: number;
  readonly changesPerStep: number;
  readonly oldValueChars: number;
  /** Bytes of one NOTIFY payload; PostgreSQL's own limit is 8000. */
  readonly notifyBytes: number;
  /** Heads and wake-ups gathered for one notification, and the longest wait for it. */
  readonly notifyBacklog: number;
  readonly notifyWaitMs: number;
  /** Heads that a relay carried already wait so long for their NOTIFY. */
  readonly notifyRelayedMs: number;
  /** The server ends a transaction of ours that stands still: a paused process must not hold its actors. */
  readonly idleInTransactionMs: number;
  /** Rows of one page of the journal and of dead letters. */
  readonly readPage: number;
}

export const DEFAULT_LIMITS: EngineLimits = {
  lanes: 2,
  batchActors: 200,
  batchActorsPressed: 40,
  stepWaitMs: 250,
  actorsPerTurn: 4,
  eventsPerActor: 50,
  laneBacklogActors: 50_000,
  deliverBatchEvents: 200,
  mergeBatchEvents: 200,
  deliverBatchChars: 4_194_304,
  deliverBacklogEvents: 10_000,
  deliverBacklogChars: 67_108_864,
  recordFirstActors: 10_000,
  cacheActors: 20_000,
  cacheChars: 33_554_432,
  lockWaitMs: 100,
  eventBodyChars: 1_048_576,
  idChars: 512,
  pollMs: 1000,
  pollGraceMs: 500,
  pollPage: 500,
  pendingPage: 5000,
  lockedRetryMs: 10,
  faultRetryMs: 100,
  faultRetryMaxMs: 5000,
  leaseMs: 5000,
  heartbeatMs: 1500,
  commandsRunning: 256,
  commandsPerVendor: 32,
  vendorConcurrency: {},
  commandBacklog: 5000,
  commandTakeovers: 3,
  timerHorizonMs: 60_000,
  timerBucketMs: 10,
  microsteps: 1000,
  guardsPerStep: 64,
  changesPerStep: 200,
  oldValueChars: 2000,
  notifyBytes: 7500,
  notifyBacklog: 20_000,
  notifyWaitMs: 5,
  notifyRelayedMs: 1000,
  idleInTransactionMs: 10_000,
  readPage: 1000,
};

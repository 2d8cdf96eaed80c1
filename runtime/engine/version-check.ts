/**
 * Before anything starts: would every actor in the database live on under the machines that are shipped now (G9)? What
 * would not is listed with states, counts and examples, and the start is refused.
 *
 * The definitions of earlier versions are in the database, so that a deploy which takes nothing away reads no actor at
 * all. Otherwise the actors of the versions concerned are read, grouped by everything but their context.
 */
import type { Schema } from 'effect';
import type pg from 'pg';
import { readEnvelope } from './envelope.ts';
import { reasonOf, VersionsRefused } from './errors.ts';
import type { HostedKind } from './host.ts';
import { differencesOf, fingerprintOf, type MachineParts, partsOf } from './machine-parts.ts';
import { contextFault, migrate, pathFrom, restoreActor } from './migrations.ts';
import { activePaths, listensTo, misfitsOf, missingOf } from './snapshot-fit.ts';
import {
  type LivingName,
  type LivingShape,
  type LivingVersion,
  readLivingVersions,
  readOpenCommands,
  readSeenVersions,
  readShapes,
  readSnapshots,
  readTimerEvents,
  recordVersions,
  type SeenVersion,
  sampleSnapshots,
} from './store/read-versions.ts';
import type { StoredSnapshot } from './types.ts';

/** One way in which actors would not survive the start. */
export interface VersionFinding {
  readonly kind: string;
  readonly version: string;
  readonly says: string;
  readonly actors: number;
  /** Raw ids: hash them before they reach a log. */
  readonly examples: readonly string[];
}

export interface VersionReport {
  /** Each version that actors live in, and what becomes of it. */
  readonly living: readonly (LivingVersion & {
    readonly fate: 'shipped' | 'fits' | 'migrates' | 'unknown kind';
  })[];
  readonly findings: readonly VersionFinding[];
}

/** Actors read at once, samples of contexts per version, distinct shapes that are tried with a migration (G10). */
export const CHECK_LIMITS = {
  pageActors: 5000,
  contextSamples: 100,
  migratedShapes: 500,
  examples: 3,
} as const;

/** Compares what lives in the database with the kinds. Reads only. */
export const checkVersions = async (
  db: pg.Pool,
  kinds: readonly HostedKind[],
  now: number,
): Promise<VersionReport> => {
  const [living, seen, timers, commands] = await Promise.all([
    readLivingVersions(db),
    readSeenVersions(db),
    readTimerEvents(db),
    readOpenCommands(db),
  ]);
  const found: VersionFinding[] = [];
  const fates: VersionReport['living'][number][] = [];
  for (const group of living) {
    const hosted = kinds.find(({ kind }) => kind.kind === group.kind);
    if (!hosted) {
      fates.push({ ...group, fate: 'unknown kind' });
      continue;
    }
    const known = seen.filter(({ kind, version }) => kind === group.kind && version === group.version);
    const check = new GroupCheck(db, hosted, group, known, now);
    found.push(...(await check.run()), ...check.names(timers, commands));
    fates.push({ ...group, fate: check.fate });
  }
  return { living: fates, findings: found };
};

/** Refuses, or remembers the definitions that start now. Throws {@link VersionsRefused}. */
export const admitVersions = async (
  db: pg.Pool,
  kinds: readonly HostedKind[],
  now: number,
  showId: (actorId: string) => string,
): Promise<VersionReport> => {
  const report = await checkVersions(db, kinds, now);
  if (report.findings.length > 0) {
    throw new VersionsRefused({ message: refusal(report.findings, showId), retryable: false });
  }
  await recordVersions(db, kinds.map(shippedOf), now);
  return report;
};

/** The list, one line for each way. */
export const describeFinding = (finding: VersionFinding, showId: (actorId: string) => string): string => {
  const { kind, version, says, actors, examples } = finding;
  return `${kind} ${version}: ${says} (${actors} ${actors === 1 ? 'actor' : 'actors'}, e.g. ${examples.map(showId).join(', ')})`;
};

const refusal = (findings: readonly VersionFinding[], showId: (actorId: string) => string): string =>
  `Actors in the database would be lost or fall asleep under the machines of this build:
- ${findings.map((finding) => describeFinding(finding, showId)).join('\n- ')}
Raise the version and add a migration from the version named, or restore what was removed.`;

const shippedOf = ({ kind }: HostedKind): SeenVersion => {
  const parts = partsOf(kind.machine);
  return { kind: kind.kind, version: kind.version, fingerprint: fingerprintOf(parts), parts };
};

/** The actors of one kind and version. */
class GroupCheck {
  readonly fate: 'shipped' | 'fits' | 'migrates';
  private readonly db: pg.Pool;
  private readonly hosted: HostedKind;
  private readonly group: LivingVersion;
  private readonly known: readonly SeenVersion[];
  private readonly now: number;
  private readonly parts: MachineParts;
  private readonly findings = new Map<string, { actors: number; readonly examples: Set<string> }>();

  constructor(
    db: pg.Pool,
    hosted: HostedKind,
    group: LivingVersion,
    known: readonly SeenVersion[],
    now: number,
  ) {
    this.db = db;
    this.hosted = hosted;
    this.group = group;
    this.known = known;
    this.now = now;
    this.parts = partsOf(hosted.kind.machine);
    const path = pathFrom(hosted.kind, group.version);
    this.fate = path === null ? 'fits' : path.length > 0 ? 'migrates' : 'shipped';
  }

  async run(): Promise<readonly VersionFinding[]> {
    if (this.fate === 'migrates' || this.differs()) await this.readAll();
    await this.sampleContexts();
    return this.listed();
  }

  /** Timers and commands that name something which is gone; a migration may still take care of commands. */
  names(timers: readonly LivingName[], commands: readonly LivingName[]): readonly VersionFinding[] {
    const { kind } = this.hosted;
    const mine = ({ kind: name, version }: LivingName): boolean =>
      name === kind.kind && version === this.group.version;
    const deaf = timers.filter((timer) => mine(timer) && !listensTo(kind.machine, timer.name));
    const unknown = commands.filter(
      (command) => mine(command) && !Object.hasOwn(kind.commands, command.name),
    );
    const say = (says: string, { actors, examples }: LivingName): VersionFinding => ({
      kind: kind.kind,
      version: this.group.version,
      says,
      actors,
      examples,
    });
    return [
      ...deaf.map((timer) => say(`a timer would send ${timer.name}, which no state hears`, timer)),
      ...(this.fate === 'migrates' ? [] : unknown).map((command) =>
        say(`the command ${command.name} waits and has no handler`, command),
      ),
    ];
  }

  /** False: every definition that wrote these actors is a part of the present one. */
  private differs(): boolean {
    if (this.known.length === 0) return true;
    return this.known.some(({ parts }) => differencesOf(parts, this.parts).length > 0);
  }

  private async readAll(): Promise<void> {
    const tried = new Map<string, LivingShape>();
    for (let after: string | null = ''; after !== null; ) {
      const { pageActors } = CHECK_LIMITS;
      const page = await readShapes(this.db, this.group.kind, this.group.version, after, pageActors);
      for (const shape of page.shapes) {
        if (this.fate === 'migrates') this.keep(tried, shape);
        else this.judge(shape);
      }
      after = page.next;
    }
    if (tried.size > 0) await this.tryMigration([...tried.values()]);
  }

  private judge(shape: LivingShape): void {
    for (const says of misfitsOf(this.hosted.kind.machine, shape)) this.note(says, shape);
    for (const { parts } of this.known) {
      const had = (path: string) => parts.states[path] ?? NOTHING;
      for (const says of missingOf(this.parts, shape, had)) this.note(says, shape);
    }
  }

  /** Shapes of other child ids are one shape here: what a message is called makes no difference to a migration. */
  private keep(tried: Map<string, LivingShape>, shape: LivingShape): void {
    const sources = Object.values(shape.children).map(({ src }) => src);
    const key = JSON.stringify([
      shape.value,
      shape.status,
      sources.sort(),
      shape.historyValue,
      Object.keys(shape.timers),
    ]);
    const same = tried.get(key);
    if (same) tried.set(key, { ...same, actors: same.actors + shape.actors });
    else if (tried.size < CHECK_LIMITS.migratedShapes) tried.set(key, shape);
  }

  /** One actor of each shape is migrated in memory. */
  private async tryMigration(shapes: readonly LivingShape[]): Promise<void> {
    const byId = new Map(shapes.map((shape) => [shape.examples[0] ?? '', shape]));
    for (const { actorId, snapshot } of await readSnapshots(this.db, [...byId.keys()])) {
      const shape = byId.get(actorId);
      if (!shape) continue;
      try {
        restoreActor(this.hosted, snapshot, this.now);
        this.judgeMigrated(snapshot, shape);
      } catch (error) {
        this.note(reasonOf(error), shape);
      }
    }
  }

  /** Stricter than the restore: a state that kept its name and gained a timer or an invoke has to get them. */
  private judgeMigrated(snapshot: string, shape: LivingShape): void {
    const old = readEnvelope(snapshot).stored;
    const stored: StoredSnapshot = migrate(pathFrom(this.hosted.kind, this.group.version) ?? [], old);
    const wasActive = activePaths(old.value);
    for (const { parts } of this.known) {
      const had = (path: string) => (wasActive.has(path) ? (parts.states[path] ?? NOTHING) : NOTHING);
      for (const says of missingOf(this.parts, stored, had)) this.note(`after its migration, ${says}`, shape);
    }
  }

  private async sampleContexts(): Promise<void> {
    const schema = this.hosted.kind.contextSchema;
    if (schema === undefined) return;
    const { contextSamples } = CHECK_LIMITS;
    const samples = await sampleSnapshots(this.db, this.group.kind, this.group.version, contextSamples);
    for (const { actorId, snapshot } of samples) {
      const fault = this.faultOfSample(snapshot, schema);
      if (fault !== null)
        this.note(`${fault} (among ${samples.length} samples)`, { actors: 1, examples: [actorId] });
    }
  }

  private faultOfSample(snapshot: string, schema: Schema.Decoder<unknown>): string | null {
    const old = readEnvelope(snapshot).stored;
    try {
      const stored = migrate(pathFrom(this.hosted.kind, this.group.version) ?? [], old);
      return contextFault(schema, stored.context);
    } catch (error) {
      return reasonOf(error);
    }
  }

  private note(says: string, { actors, examples }: Pick<LivingShape, 'actors' | 'examples'>): void {
    const entry = this.findings.get(says) ?? { actors: 0, examples: new Set<string>() };
    entry.actors += actors;
    for (const id of examples) if (entry.examples.size < CHECK_LIMITS.examples) entry.examples.add(id);
    this.findings.set(says, entry);
  }

  private listed(): readonly VersionFinding[] {
    const { kind, version } = this.group;
    return [...this.findings].map(([says, { actors, examples }]) => ({
      kind,
      version,
      says,
      actors,
      examples: [...examples],
    }));
  }
}

const NOTHING = { afters: [], invokes: [] };

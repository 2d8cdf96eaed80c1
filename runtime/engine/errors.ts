/** What the engine can answer instead of doing as asked. `retryable` is the first fork. */
import { Schema } from 'effect';

/** The queue to the database is full, the database is away, or the engine is stopping: the server answers 503. */
export class EngineBusy extends Schema.TaggedError<EngineBusy>()('EngineBusy', {
  message: Schema.String,
  retryable: Schema.Boolean,
  retryAfterMs: Schema.Number,
}) {}

/** An event that can never be accepted: unknown kind, reserved type, too large. Nothing of its call is stored. */
export class InvalidEvent extends Schema.TaggedError<InvalidEvent>()('InvalidEvent', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** A kind of actor that the engine cannot host; the message lists every fault. Thrown by `startEngine`. */
export class KindRefused extends Schema.TaggedError<KindRefused>()('KindRefused', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** The machine cannot take this event: it threw, or asked for something the host does not do. The event is parked. */
export class StepFailed extends Schema.TaggedError<StepFailed>()('StepFailed', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** A stored snapshot that this version of the machine would silently lose a part of (G9). */
export class SnapshotRefused extends Schema.TaggedError<SnapshotRefused>()('SnapshotRefused', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** Actors live in the database that the shipped machines would lose; the message lists them. Thrown by `startEngine`. */
export class VersionsRefused extends Schema.TaggedError<VersionsRefused>()('VersionsRefused', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** The text of any thrown value, for a reason that an operator reads. */
export const reasonOf = (error: unknown): string => {
  if (error instanceof Error) return error.message === '' ? error.name : error.message;
  return String(error);
};

/** SQLSTATE of a PostgreSQL error, or the code of a socket error. */
export const codeOf = (error: unknown): string | null => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
};

/** Classes: connection, transaction rollback, resources, operator intervention, system error. */
const PASSING_CLASSES = ['08', '40', '53', '57', '58'];
/** lock_not_available, idle_in_transaction_session_timeout, read_only_sql_transaction (a failover). */
const PASSING_CODES = new Set(['55P03', '25P03', '25006']);

/**
 * Whether the database may answer otherwise in a moment, so that nobody is to blame: such a fault parks nothing.
 * Errors of the driver have no SQLSTATE (broken or refused connection, no free connection in time).
 */
export const isPassingFault = (error: unknown): boolean => {
  const code = codeOf(error);
  if (code !== null && /^[0-9A-Z]{5}$/.test(code) && !/^E[A-Z]{4}$/.test(code)) {
    return PASSING_CLASSES.includes(code.slice(0, 2)) || PASSING_CODES.has(code);
  }
  if (code !== null) return true;
  const text = reasonOf(error);
  return /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|not queryable/i.test(
    text,
  );
};

/** An error as it may be logged: a passing fault says what is wrong with the database, others could quote a customer. */
export const faultOf = (error: unknown): string => {
  if (isPassingFault(error)) return reasonOf(error);
  const name = error instanceof Error ? error.name : typeof error;
  return [name, codeOf(error)].filter((part) => part !== null).join(' ');
};

/** The process's log: pino on standard output, behind a guard against personal data and secrets. */
import { Cause, type Layer, Logger, References } from 'effect';
import { type DestinationStream, destination, pino } from 'pino';
import type { Config, LogLevel } from './config.ts';
import type { Log } from './engine/types.ts';
import { prettyLine } from './logging/pretty.ts';
import { type KeyedHash, makeGuard, makeKeyedHash } from './logging/redact.ts';

export { type KeyedHash, makeKeyedHash } from './logging/redact.ts';

export interface ProcessLog extends Log {
  /** A log whose every line carries these fields too. */
  readonly child: (fields: Readonly<Record<string, unknown>>) => ProcessLog;
  /** Reference to a value that must not be logged itself (a phone, a chat id). */
  readonly keyedHash: KeyedHash;
}

export interface LogOptions {
  readonly level: LogLevel;
  readonly format: Config['log']['format'];
  /** Key of {@link ProcessLog.keyedHash}: the session secret, so that references survive a restart in production. */
  readonly hashKey: Parameters<typeof makeKeyedHash>[0];
  /** Where complete lines go; standard output unless a test gives its own. */
  readonly write?: (line: string) => void;
}

const standardOutput = (): DestinationStream => {
  const out = destination({ dest: 1, sync: true });
  // The reader of a pipe may go away (`npm start | head`); the shop keeps running without its log.
  out.on('error', () => undefined);
  return out;
};

const streamOf = (options: LogOptions): DestinationStream => {
  const out: DestinationStream = options.write === undefined ? standardOutput() : { write: options.write };
  return options.format === 'json' ? out : { write: (line) => out.write(prettyLine(line)) };
};

/** Opens the log. Lines: `{level, time (RFC 3339), msg, …fields}`; an Error in a field becomes type, message and stack. */
export const makeLog = (options: LogOptions): ProcessLog => {
  const keyedHash = makeKeyedHash(options.hashKey);
  const guard = makeGuard(keyedHash);
  const logger = pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    streamOf(options),
  );
  const withFields = (own: Readonly<Record<string, unknown>>): ProcessLog => {
    const write = (level: LogLevel) => (fields: Readonly<Record<string, unknown>>, message: string) => {
      // Guarding costs more than a suppressed line is worth.
      if (logger.isLevelEnabled(level))
        logger[level](guard.fields({ ...own, ...fields }), guard.message(message));
    };
    return {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
      child: (fields) => withFields({ ...own, ...fields }),
      keyedHash,
    };
  };
  return withFields({});
};

const levelOf = (effectLevel: string): LogLevel => {
  if (effectLevel === 'Fatal' || effectLevel === 'Error') return 'error';
  if (effectLevel === 'Warn') return 'warn';
  return effectLevel === 'Info' ? 'info' : 'debug';
};

/** Effect's own logging (`Effect.logInfo`, annotations, causes) into the same log; replaces the console logger. */
export const effectLogger = (log: Log): Layer.Layer<never> =>
  Logger.layer([
    Logger.make<unknown, void>(({ message, logLevel, cause, fiber }) => {
      const parts = Array.isArray(message) ? message : [message];
      const words = parts.filter((part) => typeof part !== 'object' || part === null).map(String);
      const objects = parts.filter((part): part is object => typeof part === 'object' && part !== null);
      const error =
        objects.find((part) => part instanceof Error) ??
        (cause.reasons.length > 0 ? Cause.squash(cause) : undefined);
      const fields = Object.assign(
        {},
        fiber.getRef(References.CurrentLogAnnotations),
        ...objects.filter((part) => !(part instanceof Error)),
      );
      log[levelOf(logLevel)](error === undefined ? fields : { ...fields, error }, words.join(' '));
    }),
  ]);

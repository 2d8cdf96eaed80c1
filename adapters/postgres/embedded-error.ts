import { Schema } from 'effect';

/** The embedded server could not be prepared, started or reached; `message` is one sentence with the way out. */
export class EmbeddedPostgresError extends Schema.TaggedError<EmbeddedPostgresError>()(
  'EmbeddedPostgresError',
  {
    message: Schema.String,
    retryable: Schema.Boolean,
  },
) {}

/**
 * Turns what a system call or a Postgres binary said into the one sentence a person can act on.
 * `what` is the path or program that was touched.
 */
export const explainFault = (what: string, said: string): EmbeddedPostgresError => {
  if (/ENOSPC|No space left on device|EDQUOT|Disk quota exceeded/i.test(said)) {
    return new EmbeddedPostgresError({
      message: `The disk that holds ${what} is full: free some space there and start again.`,
      retryable: true,
    });
  }
  if (
    /EACCES|EPERM|EROFS|ENOTDIR|EEXIST|Permission denied|Read-only file system|could not access directory/i.test(
      said,
    )
  ) {
    return new EmbeddedPostgresError({
      message: `The folder ${what} cannot be written by this user: set DATA_DIR to a writable folder or fix its owner.`,
      retryable: false,
    });
  }
  const lastLines = said.trim().split('\n').slice(-8).join('\n');
  return new EmbeddedPostgresError({
    message: `The embedded PostgreSQL in ${what} failed; set DATABASE_URL to use a server of your own, or mend this: ${lastLines}`,
    retryable: false,
  });
};

/** A reason not to start that a person can act on; its message is the one sentence they see. */
export class LaunchFault extends Error {}

/** Prints the sentence and leaves with exit code 1. */
export const fail = (fault) => {
  process.stderr.write(`\n${fault.message}\n`);
  process.exit(1);
};

/** One line for a person who waits for a slow step; standard output belongs to the task. */
export const progress = (line) => process.stderr.write(`${line}\n`);

/** Turns the complaint of npm, apt or the file system into the sentence, or null when it is none of the usual ones. */
export const explain = (complaint, folder) => {
  if (/ENOSPC|No space left on device|EDQUOT/i.test(complaint)) {
    return new LaunchFault(`The disk that holds ${folder} is full: free some space and start again.`);
  }
  if (/EACCES|EPERM|EROFS|Permission denied|Read-only file system/i.test(complaint)) {
    return new LaunchFault(
      `The folder ${folder} cannot be written by this user: start as its owner, or change its owner (chown -R).`,
    );
  }
  if (
    /ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|network/i.test(
      complaint,
    )
  ) {
    return new LaunchFault(
      'The package registry cannot be reached, and the first start has to download packages: connect to a network and start again.',
    );
  }
  return null;
};

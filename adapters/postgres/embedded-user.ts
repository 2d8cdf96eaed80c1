/**
 * Who the server runs as. PostgreSQL refuses to run as root, so root drops to an ordinary account, and when a folder
 * above the cluster or the binaries is closed to that account (a clone under /root), one capability opens the way.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { EmbeddedPostgresError } from './embedded-error.ts';

export interface RunAs {
  readonly uid: number;
  readonly gid: number;
  /** Goes before the program's path: empty, or a `setpriv` call. */
  readonly prefix: readonly string[];
}

const lookUp = (name: string): { uid: number; gid: number } | null => {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? null : { uid: Number(uid), gid: Number(gid) };
};

/** The system's own `postgres`, else one made for us, else `nobody` (a read-only /etc/passwd). */
const accountForRoot = (): { uid: number; gid: number } => {
  const known = lookUp('postgres') ?? lookUp('treejar-postgres');
  if (known !== null) return known;
  spawnSync('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'treejar-postgres',
  ]);
  const account = lookUp('treejar-postgres') ?? lookUp('nobody');
  if (account !== null) return account;
  throw new EmbeddedPostgresError({
    message: 'PostgreSQL refuses to run as root and no other account exists: start as an ordinary user.',
    retryable: false,
  });
};

/** True when every folder above `path` lets anybody pass. */
export const isReachableByAnyone = (path: string): boolean => {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
};

/** `no_setuid_fixup` matters: without it access(2), with which Postgres checks itself, ignores the capability. */
const PASS_CLOSED_FOLDERS = [
  '--inh-caps=+dac_override',
  '--ambient-caps=+dac_override',
  '--bounding-set=-all,+dac_override',
  '--securebits=+no_setuid_fixup',
];

/**
 * Decides the account for `clusterDir` (which need not exist yet). An existing cluster keeps its owner, so that a
 * cluster made by an ordinary user still starts under sudo. `programs` must be reachable by the account too.
 */
export const chooseAccount = (clusterDir: string, programs: string): RunAs => {
  const self = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const owner = existsSync(clusterDir) ? statSync(clusterDir) : null;
  if (self.uid !== 0) {
    if (owner !== null && owner.uid !== self.uid) {
      throw new EmbeddedPostgresError({
        message: `The folder ${clusterDir} belongs to another user (uid ${owner.uid}): start as that user, or set DATA_DIR to a folder of your own.`,
        retryable: false,
      });
    }
    return { ...self, prefix: [] };
  }
  const account = owner !== null && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : accountForRoot();
  const drop = ['setpriv', `--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'];
  const open = isReachableByAnyone(clusterDir) && isReachableByAnyone(programs);
  return { ...account, prefix: open ? drop : [...drop, ...PASS_CLOSED_FOLDERS] };
};

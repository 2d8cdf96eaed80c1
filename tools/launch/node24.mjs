/** Which Node runs the tasks, and whether this machine is one we run on. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchFault } from './fault.mjs';
import { MODULES } from './paths.mjs';

const NODE_MAJOR = 24;
/** The prebuilt addon exists for Node 24's ABI; a later major needs a later addon. */
const major = Number(process.versions.node.split('.')[0]);

/** glibc's version as a number (2.36 → 236), or null on another C library. */
export const glibcVersion = () => {
  const text = process.report.getReport().header.glibcVersionRuntime;
  if (text === undefined) return null;
  const [high, low] = text.split('.').map(Number);
  return high * 100 + low;
};

/** Throws on a platform for which the packages hold no binaries. */
export const checkPlatform = () => {
  const supported =
    process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch) && glibcVersion() !== null;
  if (!supported) {
    throw new LaunchFault(
      `Treejar runs on Linux with glibc (x64, arm64), and this is ${process.platform} ${process.arch}: use Docker, a virtual machine or WSL 2.`,
    );
  }
};

/** The path of Node 24: our own process when it is one, else the one among the packages. Null before they are installed. */
export const findNode24 = () => {
  if (major === NODE_MAJOR) return process.execPath;
  const packaged = join(MODULES, `node-linux-${process.arch}`, 'bin', 'node');
  return existsSync(packaged) ? packaged : null;
};

/** Like {@link findNode24}, for the time after the installation. */
export const requireNode24 = () => {
  const node = findNode24();
  if (node === null) {
    throw new LaunchFault(
      `Node ${NODE_MAJOR} is needed, this is ${process.versions.node}, and the package node-linux-${process.arch} did not arrive: run \`npm ci --include=optional\` or install Node ${NODE_MAJOR}.`,
    );
  }
  return node;
};

/** The packages: are they the ones of package-lock.json, and if not, install them. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { explain, LaunchFault, progress } from './fault.mjs';
import { MODULES, ROOT, STAMPS } from './paths.mjs';
import { readStamp, writeStamp } from './stamp.mjs';

const STAMP = join(STAMPS, 'installed');
const COMPLAINT_MAX = 64 * 1024;

const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
};

/**
 * Do the installed packages match the lock file? npm writes its own list last, so a killed installation has none.
 * Packages for other platforms are rightly absent, and an image without development packages is complete too.
 */
const matchesLock = (withDev) => {
  const wanted = readJson(join(ROOT, 'package-lock.json'))?.packages;
  const present = readJson(join(MODULES, '.package-lock.json'))?.packages;
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.optional || entry.peer || entry.devOptional || (!withDev && entry.dev))
      return true;
    return present[path]?.version === entry.version;
  });
};

const stampText = (withDev) =>
  `${createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex')} ${withDev ? 'all' : 'production'}\n`;

/** True when nothing has to be installed. A set installed by hand with `npm ci` is recognised. */
export const isInstalled = (withDev) => {
  const stamp = readStamp(STAMP);
  if (stamp !== null && (stamp === stampText(true) || (!withDev && stamp === stampText(false)))) return true;
  if (!matchesLock(withDev)) return false;
  writeStamp(STAMP, stampText(withDev));
  return true;
};

/** npm as the one that started us, or as found in PATH. */
const npmCommand = () => {
  const script = process.env.npm_execpath;
  return script !== undefined && /npm-cli\.c?js$/.test(script) ? [process.execPath, script] : ['npm'];
};

const runNpm = () => {
  const [program, ...before] = npmCommand();
  const args = ['ci', '--no-audit', '--no-fund', '--include=dev', '--include=optional', '--loglevel=error'];
  // npm's own patience (minutes) is too long for a machine without a network.
  const patience = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=4000'];
  return new Promise((resolve) => {
    const npm = spawn(program, [...before, ...args, ...patience], {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    let complaint = '';
    npm.stderr.on('data', (chunk) => {
      complaint = (complaint + chunk).slice(-COMPLAINT_MAX);
      if (process.stderr.isTTY) process.stderr.write(chunk);
    });
    npm.once('error', (error) => resolve({ code: 1, complaint: `npm cannot be started: ${error.message}` }));
    npm.once('close', (code, signal) => resolve({ code: code ?? 1, complaint, signal }));
  });
};

/** Installs what package-lock.json says. Throws a {@link LaunchFault} with the way out. */
export const install = async () => {
  try {
    accessSync(ROOT, constants.W_OK);
  } catch (error) {
    throw explain(String(error), ROOT) ?? error;
  }
  progress('Installing packages (the first time takes up to a minute) …');
  const { code, complaint, signal } = await runNpm();
  if (signal) throw new LaunchFault('The installation was interrupted: start again and it begins afresh.');
  if (code !== 0) {
    const said = complaint.split(/^npm error (?:Usage:|A complete log)/m)[0].trim();
    throw explain(said, ROOT) ?? new LaunchFault(`npm could not install the packages:\n${said}`);
  }
  writeStamp(STAMP, stampText(true));
};

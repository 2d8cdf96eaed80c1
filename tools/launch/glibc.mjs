/**
 * The C library of the distribution's next release, unpacked beside the product (nothing is installed, no root
 * needed), for machines whose own is too old for the uWebSockets.js addon. The mirror is the machine's own.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explain, LaunchFault } from './fault.mjs';
import { CACHE } from './paths.mjs';

const HOME = join(CACHE, 'glibc');
export const GLIBC_READY = join(HOME, 'ready');
const PACKAGES = ['libc6', 'libstdc++6', 'libgcc-s1'];
/** The oldest release of each distribution whose glibc is 2.38 or later. */
const NEWER = {
  debian: { suite: 'trixie', keyring: '/usr/share/keyrings/debian-archive-keyring.gpg' },
  ubuntu: { suite: 'noble', keyring: '/usr/share/keyrings/ubuntu-archive-keyring.gpg' },
};
const ARCH = {
  x64: { triplet: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { triplet: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
};

/** Goes before Node's path: that loader, with only these libraries in front. */
export const loaderPrefix = () => {
  const { triplet, loader } = ARCH[process.arch];
  const libraries = join(HOME, 'usr', 'lib', triplet);
  return [join(libraries, loader), '--library-path', libraries];
};

const osRelease = () =>
  Object.fromEntries(
    readFileSync('/etc/os-release', 'utf8')
      .split('\n')
      .map((line) => line.split('='))
      .filter((pair) => pair.length === 2)
      .map(([key, value]) => [key, value.replace(/^"|"$/g, '')]),
  );

/** Archive entries of both formats apt knows: `{uri, suites, components}`. */
export const parseSources = (name, text) => {
  if (name.endsWith('.sources')) {
    return text.split(/\n\s*\n/).flatMap((block) => {
      const field = (key) =>
        (new RegExp(`^${key}:(.*)$`, 'mi').exec(block)?.[1] ?? '').trim().split(/\s+/).filter(Boolean);
      if (field('Enabled')[0] === 'no' || !field('Types').includes('deb')) return [];
      return field('URIs').map((uri) => ({ uri, suites: field('Suites'), components: field('Components') }));
    });
  }
  return text.split('\n').flatMap((line) => {
    const match = /^deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+(.+)$/.exec(line.trim());
    return match ? [{ uri: match[1], suites: [match[2]], components: match[3].split(/\s+/) }] : [];
  });
};

const machineMirror = (codename) => {
  const folder = '/etc/apt/sources.list.d';
  const files = [
    '/etc/apt/sources.list',
    ...(existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []),
  ];
  const entries = files
    .filter((file) => existsSync(file))
    .flatMap((file) => parseSources(file, readFileSync(file, 'utf8')));
  return entries.find((entry) => entry.suites.includes(codename) && entry.components.includes('main'))?.uri;
};

const run = (program, args, cwd) => {
  const result = spawnSync(program, args, { cwd, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  if (result.status === 0) return;
  const said = `${result.error?.message ?? ''}${result.stderr ?? ''}`;
  if (/Could not resolve|Could not connect|Unable to connect|Temporary failure|Cannot initiate/i.test(said)) {
    throw new LaunchFault(
      "The machine's apt mirror cannot be reached, and the first start needs it for a newer C library: connect to a network and start again.",
    );
  }
  throw (
    explain(said, HOME) ??
    new LaunchFault(
      `${program} failed while fetching a newer C library: ${said.trim().split('\n').slice(-4).join('\n')}`,
    )
  );
};

/** Fills `.cache/glibc`, or does nothing when it is filled. */
export const unpackGlibc = () => {
  if (existsSync(GLIBC_READY)) return;
  const { ID, VERSION_CODENAME } = osRelease();
  const newer = NEWER[ID];
  const mirror = newer === undefined ? undefined : machineMirror(VERSION_CODENAME);
  if (mirror === undefined) {
    throw new LaunchFault(
      'uWebSockets.js needs glibc 2.38 or later, which this system does not have: use Debian 12 or later, Ubuntu 22.04 or later, or Docker.',
    );
  }
  const work = join(CACHE, `glibc.new-${process.pid}`);
  rmSync(work, { recursive: true, force: true });
  for (const part of ['lists/partial', 'cache/archives/partial', 'debs', 'root'])
    mkdirSync(join(work, part), { recursive: true });
  const list = join(work, 'sources.list');
  writeFileSync(list, `deb [signed-by=${newer.keyring}] ${mirror} ${newer.suite} main\n`);
  const options = [
    `Dir::Etc::sourcelist=${list}`,
    'Dir::Etc::sourceparts=/dev/null',
    `Dir::State::lists=${join(work, 'lists')}`,
    `Dir::Cache=${join(work, 'cache')}`,
    'APT::Sandbox::User=root', // the user _apt may not pass a closed folder
    'Acquire::Languages=none',
    'Debug::NoLocking=1', // only these private folders are written
  ].flatMap((option) => ['-o', option]);
  try {
    run('apt-get', ['-q', ...options, 'update', '--error-on=any'], work);
    run('apt-get', ['-q', ...options, 'download', ...PACKAGES], join(work, 'debs'));
    for (const deb of readdirSync(join(work, 'debs')))
      run('dpkg-deb', ['-x', join(work, 'debs', deb), join(work, 'root')], work);
    writeFileSync(join(work, 'root', 'ready'), `${newer.suite}\n`);
    rmSync(HOME, { recursive: true, force: true });
    renameSync(join(work, 'root'), HOME);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
};

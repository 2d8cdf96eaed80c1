/** What can be launched, and the command line. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchFault } from './fault.mjs';
import { ROOT } from './paths.mjs';

const server = ['dev', 'uws', 'admin'];

/**
 * `needs`: `dev` (the development packages, among them the embedded PostgreSQL), `uws` (the addon), `admin` (the bundle).
 * `plain` tasks take any argument as it is; the others know the options below only.
 */
export const TASKS = {
  start: {
    entry: 'runtime/main.ts',
    args: ['start'],
    needs: server,
    says: 'everything on one port, sandbox for every vendor without a key',
  },
  'start:prod': {
    entry: 'runtime/main.ts',
    args: ['prod'],
    needs: ['uws', 'admin'],
    says: 'production: no sandbox, no embedded database',
  },
  sandbox: { entry: 'runtime/main.ts', args: ['sandbox'], needs: server, says: "only the vendors' doubles" },
  migrate: {
    entry: 'runtime/main.ts',
    args: ['migrate'],
    needs: ['uws'],
    says: 'apply the migrations of sql/',
  },
  'wazzup:register': {
    entry: 'tools/wazzup-register.ts',
    args: [],
    needs: [],
    plain: true,
    says: 'let Wazzup send its webhooks here',
  },
  build: { entry: 'tools/launch/built.mjs', args: [], needs: server, says: 'only make everything ready' },
  bench: { entry: 'bench/main.ts', args: [], needs: server, plain: true, says: 'the benchmarks' },
  eval: {
    entry: 'tools/eval/main.ts',
    args: [],
    needs: server,
    plain: true,
    says: "the seller's laboratory: scripted customers, scored; two versions compared",
  },
  test: {
    entry: 'tools/test.mjs',
    args: [],
    needs: server,
    plain: true,
    says: 'all tests (or those whose path contains an argument)',
  },
  verify: {
    entry: 'tools/verify.mjs',
    args: [],
    needs: server,
    plain: true,
    says: 'format, lint, types, import and style rules, all tests',
  },
  run: { entry: '', args: [], needs: server, plain: true, says: 'a file of ours: run <path.ts> [arguments]' },
};

/** Options stand for variables, so that both ways mean the same. */
const OPTIONS = {
  '--port': ['PORT', 'the port to listen on (8000)'],
  '--host': ['HOST', 'the address to listen on (127.0.0.1)'],
  '--data-dir': ['DATA_DIR', 'embedded database, media, cache (.data)'],
  '--public-url': ['PUBLIC_URL', 'how the outside reaches us'],
  '--database-url': ['DATABASE_URL', 'a PostgreSQL of your own'],
  '--roles': ['ROLES', 'what this replica does (ingest,worker,scheduler,live)'],
  '--log-level': ['LOG_LEVEL', 'debug, info, warn, error'],
  '--log-format': ['LOG_FORMAT', 'json or pretty'],
};

const parseOptions = (words) => {
  const env = {};
  for (let index = 0; index < words.length; index++) {
    const [name, inline] = words[index].split(/=(.*)/s);
    const option = OPTIONS[name];
    if (option === undefined)
      throw new LaunchFault(`Unknown option ${words[index]}: \`npm start -- --help\` lists the options.`);
    const value = inline ?? words[++index];
    if (value === undefined || value === '')
      throw new LaunchFault(`${name} needs a value, e.g. ${name} ${option[0] === 'PORT' ? '8080' : '…'}.`);
    env[option[0]] = value;
  }
  return env;
};

/** `['start', '--port', '9000']` → `{task, args, env, help}`; throws on an unknown task or option. */
export const parseCommandLine = ([name = 'start', ...words]) => {
  if (name === '--help' || name === '-h' || words[0] === '--help' || words[0] === '-h') return { help: true };
  const task = Object.hasOwn(TASKS, name) ? TASKS[name] : undefined;
  if (task === undefined)
    throw new LaunchFault(`Unknown task ${name}: use one of ${Object.keys(TASKS).join(', ')}.`);
  if (name === 'run') {
    const [entry = '', ...args] = words;
    if (!existsSync(join(ROOT, entry)) || entry === '')
      throw new LaunchFault(`There is no file ${entry || '(none given)'} to run.`);
    return { help: false, task: { ...task, entry }, args, env: {} };
  }
  return task.plain
    ? { help: false, task, args: words, env: {} }
    : { help: false, task, args: [], env: parseOptions(words) };
};

/** The variables with their comments, from the one file that lists them. */
const variables = () => {
  const file = join(ROOT, '.env.example');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^/gm, '  ') : '';
};

export const helpText = () => {
  const column = (entries, indent) =>
    entries.map(([left, right]) => `${indent}${left.padEnd(18)}${right}`).join('\n');
  return `npm start [-- options]         or: node tools/launch.mjs <task> [options]

Tasks
${column(
  Object.entries(TASKS).map(([name, task]) => [name, task.says]),
  '  ',
)}

Options of start, start:prod, sandbox, migrate (each stands for a variable: PORT=8080 npm start)
${column(
  Object.entries(OPTIONS).map(([name, [, says]]) => [name, says]),
  '  ',
)}
  --help            this text

Variables (from the environment or a file .env; an empty one counts as unset)
${variables()}
`;
};

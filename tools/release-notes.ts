/**
 * `release-notes.ts v1.2.3`: the changelog's section of a version, for the release page. Fails when the tag is not the
 * version of package.json, or the changelog does not tell of it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(import.meta.dirname, '..');

/** The lines below `## <version>` (a date may follow) up to the next such heading. Throws with what to do. */
export const notesOf = (tag: string, version: string, changelog: string): string => {
  if (tag !== `v${version}`)
    throw new Error(`The tag ${tag} is not v${version} of package.json: change one of them.`);
  const section = changelog.split(/^## /m).find((part) => part.split(/[\s]/, 1)[0] === version);
  const notes = section?.slice(section.indexOf('\n') + 1).trim() ?? '';
  if (notes === '') throw new Error(`CHANGELOG.md has nothing under "## ${version}": write it first.`);
  return notes;
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const changelog = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8');
  try {
    process.stdout.write(`${notesOf(process.argv[2] ?? '', version, changelog)}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

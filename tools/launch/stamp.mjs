/** Small files that remember what was checked, so that the next start need not check it again. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export const readStamp = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // never checked
  }
};

/** Writes atomically. A read-only image keeps no stamps: there the check simply runs at every start. */
export const writeStamp = (path, text) => {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.${process.pid}`, text);
    renameSync(`${path}.${process.pid}`, path);
  } catch (error) {
    if (!['EROFS', 'EACCES', 'EPERM'].includes(error.code)) throw error;
  }
};

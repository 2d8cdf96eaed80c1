/** Runs in a process of its own under the lock: whatever of `packages`, `dev`, `uws`, `admin` is not ready yet. */
import { buildAdmin, isAdminBuilt } from './admin.mjs';
import { fail, LaunchFault } from './fault.mjs';
import { install, isInstalled } from './install.mjs';
import { requireNode24 } from './node24.mjs';
import { ensureUws, uwsPrefix } from './uws.mjs';

const needs = process.argv.slice(2);
try {
  if (!isInstalled(needs.includes('dev'))) await install();
  requireNode24();
  if (needs.includes('uws') && uwsPrefix() === null) ensureUws();
  if (needs.includes('admin') && !isAdminBuilt()) buildAdmin();
} catch (error) {
  if (!(error instanceof LaunchFault)) throw error;
  fail(error);
}

#!/usr/bin/env node
/**
 * `node tools/launch.mjs <task> [arguments]`: what every npm script goes through. Plain JavaScript with built-ins
 * only, because it runs before anything is installed and on any Node from 18 on: it makes the folder ready (packages,
 * Node 24, an addon that loads, the admin's bundle) and runs the task. Ready once, it adds a few milliseconds.
 */
import { fail, LaunchFault } from './launch/fault.mjs';
import { readyOrPrepare } from './launch/ready.mjs';
import { runTask } from './launch/run.mjs';
import { helpText, parseCommandLine } from './launch/tasks.mjs';

try {
  const command = parseCommandLine(process.argv.slice(2));
  if (command.help) {
    process.stdout.write(helpText());
  } else {
    await readyOrPrepare(command.task.needs);
    process.exitCode = await runTask(command);
  }
} catch (error) {
  if (!(error instanceof LaunchFault)) throw error;
  fail(error);
}

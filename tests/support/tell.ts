/** A line of the run itself, past Vitest's capture: what a long run did, so that its end says more than "passed". */
import { writeSync } from 'node:fs';

const STDERR = 2;

export const tell = (line: string): void => void writeSync(STDERR, `${line}\n`);

/** CPU time of this process and of the database server, so that a busy machine does not decide what a message costs. */
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;
/** Fields after the command's name in /proc/<pid>/stat. */
const PARENT = 1;
const USER_TICKS = 11;
const SYSTEM_TICKS = 12;
/** Of children that have ended and were waited for. */
const ENDED_USER_TICKS = 13;
const ENDED_SYSTEM_TICKS = 14;

const fieldsOf = (pid: string | number): readonly string[] | null => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null; // it ended meanwhile
  }
};

const ticksOf = (fields: readonly string[]): number =>
  Number(fields[USER_TICKS]) + Number(fields[SYSTEM_TICKS]);

/** Microseconds that a process and its children have used. 0 where there is no /proc. */
export const treeCpuUs = (pid: number): number => {
  const own = fieldsOf(pid);
  if (!own) return 0;
  let ticks = ticksOf(own) + Number(own[ENDED_USER_TICKS]) + Number(own[ENDED_SYSTEM_TICKS]);
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const fields = fieldsOf(entry);
    if (fields && Number(fields[PARENT]) === pid) ticks += ticksOf(fields);
  }
  return (ticks / TICKS_PER_SECOND) * 1e6;
};

export interface CpuUse {
  readonly nodeUs: number;
  readonly databaseUs: number;
}

/** Runs the work and says what it cost. */
export const measureCpu = async <T>(
  databasePid: number,
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly cpu: CpuUse }> => {
  const node = process.cpuUsage();
  const database = treeCpuUs(databasePid);
  const value = await work();
  const used = process.cpuUsage(node);
  return {
    value,
    cpu: { nodeUs: used.user + used.system, databaseUs: treeCpuUs(databasePid) - database },
  };
};

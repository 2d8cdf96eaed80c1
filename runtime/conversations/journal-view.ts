/** A journal row as the timeline shows it. */
import type { JournalView } from '../api/schemas.ts';
import type { JournalRow } from '../engine/types.ts';
import { commandLabel, timerLabel, titleOf } from './labels.ts';
import { iso } from './rows.ts';

export const journalView = (row: JournalRow): JournalView => {
  const { type, ...data } = row.event;
  return {
    seq: row.seq,
    at: iso(row.at),
    cause: row.cause,
    event: { type, data },
    ...titleOf(row),
    from: row.from,
    to: row.to,
    guards: row.guards,
    contextDiff: row.contextDiff,
    commands: row.commands.map((command) => ({ ...command, label: commandLabel(command.name) })),
    timers: row.timers.map((timer) => ({
      id: timer.id,
      label: timerLabel(timer.id),
      op: timer.op,
      at: timer.at === undefined ? null : iso(timer.at),
    })),
    machineVersion: row.machineVersion,
    ignored: row.ignored,
  };
};

/** The managers' desk in Telegram: alerts go out elsewhere, what managers do comes in here (domain 8.6-8.8). */
import { Context } from 'effect';
import type pg from 'pg';
import type { SettingsStore } from '../api/settings-store.ts';
import type { Clock, EngineApi, Log } from '../engine/types.ts';
import { makeAlertRows } from './alert-rows.ts';
import { makeDraftRows } from './draft-rows.ts';
import { ManagersGroup } from './managers-group.ts';
import { type Poller, pollUpdates } from './poll-updates.ts';
import { takeUpdate } from './take-update.ts';

export interface DeskOptions {
  readonly services: Context.Context<ManagersGroup>;
  /** `TELEGRAM_CHAT_ID`. */
  readonly chatId: string;
  readonly pool: pg.Pool;
  readonly engine: Pick<EngineApi, 'deliver'>;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Listens to the group, where there is one. For replicas with the role `scheduler`; they take turns. */
export const startDesk = (options: DeskOptions): Poller | null => {
  const { services, pool, engine, settings, chatId, clock, log } = options;
  const telegram = Context.get(services, ManagersGroup);
  if (telegram === null) return null;
  const desk = {
    telegram,
    alerts: makeAlertRows(pool),
    drafts: makeDraftRows(pool),
    engine,
    chatId,
    managerIds: async () => (await settings.get()).telegram.managerIds,
    clock,
  };
  return pollUpdates({ pool, telegram, log, take: (update) => takeUpdate(desk, update) });
};

/** The managers' Telegram group, or null when there is none: alerts then stay in the admin (contract 2). */
import { Context, Effect, Layer } from 'effect';
import { Telegram, type TelegramOptions } from '../../adapters/telegram/telegram.ts';

export class ManagersGroup extends Context.Service<ManagersGroup, Telegram['Service'] | null>()(
  'treejar/runtime/ManagersGroup',
) {}

/** One client for everything that is said there: the group's 20 messages a minute are shared (wire/09 §4). */
export const managersGroup = (options: TelegramOptions | null): Layer.Layer<ManagersGroup> =>
  options === null
    ? Layer.succeed(ManagersGroup, null)
    : Layer.effect(
        ManagersGroup,
        Effect.map(Telegram, (telegram) => telegram),
      ).pipe(Layer.provide(Telegram.layer(options)));

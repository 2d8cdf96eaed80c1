/** WhatsApp channels and their templates. */
import { Effect } from 'effect';
import { HttpApiBuilder } from 'effect/http-api';
import type { TreejarApi } from '../api.ts';
import { attempt, attemptPage } from '../context.ts';
import type { ChannelsApi } from '../deps.ts';
import { DEFAULT_PAGE } from '../requests.ts';

export const channelHandlers = (api: TreejarApi, channels: ChannelsApi) =>
  HttpApiBuilder.group(api, 'channels', (handlers) =>
    handlers
      .handle('list', () =>
        attempt(() => channels.list()).pipe(Effect.map((items) => ({ items, next: null }))),
      )
      .handle('templates', ({ query }) =>
        attemptPage(() => channels.templates(query.limit ?? DEFAULT_PAGE, query.cursor)),
      ),
  );

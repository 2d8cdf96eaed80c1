/** The simulated phones: writing as a customer or as a manager with the shop's phone. Never in production. */
import { Effect } from 'effect';
import { HttpApiBuilder } from 'effect/http-api';
import type { PhoneSimulator } from '../../../adapters/wazzup/simulator.ts';
import type { TreejarApi } from '../api.ts';
import { attempt } from '../context.ts';
import { failAfter, unavailable, unprocessable } from '../errors.ts';
import type { PhoneMessageBody } from '../requests.ts';

const DONE = { ok: true } as const;
const RETRY_S = 2;

const fileOf = ({ name, contentType, base64 }: NonNullable<typeof PhoneMessageBody.Type.file>) => ({
  name,
  contentType,
  bytes: new Uint8Array(Buffer.from(base64, 'base64')),
});

/** The double rejects with the reason when the product did not take the webhook in time. */
const playing = <A>(work: () => Promise<A>) =>
  Effect.tryPromise({ try: work, catch: (error) => error }).pipe(
    Effect.catch(() =>
      failAfter(
        unavailable('The message was not taken by the product in time; look at its log and try again.'),
        RETRY_S,
      ),
    ),
  );

export const sandboxHandlers = (api: TreejarApi, phones: PhoneSimulator) =>
  HttpApiBuilder.group(api, 'sandbox', (handlers) =>
    handlers
      .handle('chats', () => Effect.sync(() => ({ items: phones.chats(), next: null })))
      .handle('chat', ({ params }) => Effect.sync(() => ({ items: phones.chat(params.chatId), next: null })))
      .handle(
        'customerWrites',
        Effect.fnUntraced(function* ({ params, payload }) {
          const empty = (payload.text ?? '').trim() === '' && payload.kind === undefined;
          if (empty && payload.contentUri === undefined) {
            return yield* Effect.fail(
              unprocessable([{ path: 'text', message: 'write a text or choose a kind' }]),
            );
          }
          const { file, ...message } = payload;
          const recorded = file === undefined ? {} : { file: fileOf(file) };
          const { messageId } = yield* playing(() =>
            phones.customerWrites({ ...message, ...recorded, chatId: params.chatId }),
          );
          return { messageId };
        }),
      )
      .handle('managerWrites', ({ params, payload }) =>
        playing(() => phones.managerWrites({ ...payload, chatId: params.chatId })).pipe(Effect.as(DONE)),
      )
      .handle('read', ({ params }) => attempt(() => phones.markRead(params.chatId)).pipe(Effect.as(DONE))),
  );

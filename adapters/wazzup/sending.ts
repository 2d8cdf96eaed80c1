/** The calls that write to a customer or change what was written (wire/01 §2.1). */
import { createHash } from 'node:crypto';
import { Effect } from 'effect';
import type { VendorRequest, VendorResponse } from '../http/vendor-client.ts';
import { rejected, sameCode, type WazzupError } from './errors.ts';
import { MAX_BUTTON_CHARS, MAX_BUTTONS, WABA } from './limits.ts';
import { failureOf, isOk, type Sent, sentOf } from './replies.ts';
import type { TransportOf } from './transports.ts';

export interface SendTo {
  readonly channelId: string;
  /** Digits only for WhatsApp (wire/01 §2.1). */
  readonly chatId: string;
  readonly chatType: string;
  /** The command's UUID, the same for each try (contract 5). */
  readonly crmMessageId: string;
  /** The provider's id of the message to quote; when the vendor does not know it, the message goes without a quote. */
  readonly refMessageId?: string;
}
/** An answer to tap; the payload comes back with the press, the label when there is none. */
export interface Button {
  readonly text: string;
  readonly payload?: string;
}
export interface SendText extends SendTo {
  readonly text: string;
  /** At most {@link MAX_BUTTONS} of {@link MAX_BUTTON_CHARS} characters, on business channels only. */
  readonly buttons?: readonly Button[];
}
export interface SendFile extends SendTo {
  /** Public, without redirects, at most 10 MB. A caption is a second message (wire/00 fact 10). */
  readonly contentUri: string;
}
/** The only message that a business channel takes outside the 24-hour window (wire/01 §6). */
export interface SendTemplate extends SendTo {
  readonly templateId: string;
  /** One for each blank, in the order of appearance. */
  readonly values: readonly string[];
}
export interface EditText {
  /** The provider's id. */
  readonly messageId: string;
  readonly text: string;
}

type Call = (request: VendorRequest) => Effect.Effect<VendorResponse, WazzupError>;

export const makeSending = (call: Call, transportOf: TransportOf) => {
  const post = (json: object) =>
    call({ method: 'POST', path: '/message', json }).pipe(Effect.flatMap(sentOf));
  const send = quoting(post);
  const change = (request: VendorRequest) =>
    call(request).pipe(Effect.flatMap((response) => (isOk(response) ? Effect.void : failureOf(response))));
  return {
    sendText: ({ text, buttons, ...to }: SendText) =>
      buttons === undefined || buttons.length === 0
        ? send(to, { text })
        : checkButtons(transportOf, to.channelId, buttons).pipe(
            Effect.andThen(send(to, { text, buttonsObject: { buttons: buttons.map(wireButton) } })),
          ),
    sendFile: ({ contentUri, ...to }: SendFile) => send(to, { contentUri }),
    sendTemplate: ({ templateId, values, ...to }: SendTemplate) =>
      send(to, { templateId, ...(values.length > 0 ? { templateValues: values } : {}) }),
    editText: ({ messageId, text }: EditText) =>
      change({ method: 'PATCH', path: messagePath(messageId), json: { text } }),
    deleteMessage: (messageId: string) => change({ method: 'DELETE', path: messagePath(messageId) }),
  };
};

const messagePath = (messageId: string): string => `/message/${encodeURIComponent(messageId)}`;

/**
 * `clearUnanswered` is explicit: its default would take the unanswered badge from the managers (wire/01 §2.1). A quote
 * of a message that the vendor has forgotten is worth less than the message: it goes once more without the quote.
 */
const quoting =
  (post: (json: object) => Effect.Effect<Sent, WazzupError>) =>
  ({ refMessageId, ...to }: SendTo, content: object): Effect.Effect<Sent, WazzupError> => {
    const plain = { ...to, ...content, clearUnanswered: false };
    if (refMessageId === undefined) return post(plain);
    return post({ ...plain, refMessageId }).pipe(
      Effect.catchTag('WazzupRejected', (error) =>
        sameCode(error.code, 'REFERENCE_MESSAGE_NOT_FOUND')
          ? post({ ...plain, crmMessageId: unquotedId(to.crmMessageId) })
          : Effect.fail(error),
      ),
    );
  };

/**
 * An id of its own, the same for each try: should the vendor remember the refused message's id, the second send would
 * look like a repeat and be taken for sent. A UUID of version 8.
 */
const unquotedId = (crmMessageId: string): string => {
  const hex = createHash('sha256').update(`${crmMessageId}#unquoted`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const wireButton = ({ text, payload }: Button) => ({
  type: 'text',
  text,
  ...(payload === undefined ? {} : { payload }),
});

/** Checked here, because the vendor drops what is too much and sends the rest. */
const checkButtons = Effect.fnUntraced(function* (
  transportOf: TransportOf,
  channelId: string,
  buttons: readonly Button[],
) {
  const fits = buttons.every(({ text }) => text.trim() !== '' && text.length <= MAX_BUTTON_CHARS);
  if (!fits || buttons.length > MAX_BUTTONS) return yield* rejected(400, 'BUTTONS_DO_NOT_FIT');
  const transport = yield* transportOf(channelId);
  if (transport !== WABA) return yield* rejected(400, 'WRONG_TRANSPORT');
});

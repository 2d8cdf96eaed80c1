/**
 * Buttons under an alert. Each carries a token that is good for one press (lesson F-30): the same for every try of the
 * same alert, so that a message posted twice has one set of buttons, and unguessable, so that nobody in the group can
 * make one up. Who stores the tokens takes each once.
 */
import { createHmac } from 'node:crypto';
import { Redacted, Schema } from 'effect';

/** Domain 8.6, and taking over at all. */
export const BUTTON_ACTIONS = ['take', 'reply', 'reply_and_learn', 'confirm', 'reject'] as const;
export type ButtonAction = (typeof BUTTON_ACTIONS)[number];

export interface Button {
  readonly action: ButtonAction;
  readonly label: string;
  /** Of {@link buttonToken}. */
  readonly token: string;
}

const TOKEN_BYTES = 16;
/** Base64url of {@link TOKEN_BYTES}. With the longest action it stays under Telegram's 64 bytes (wire/09 §3). */
const TOKEN_PATTERN = /^[\w-]{22}$/;
const LABEL_CHARS = 40;

/** 128 bits, from the command's id (contract 5) and a secret of the installation. */
export const buttonToken = (secret: Redacted.Redacted, alertId: string, action: ButtonAction): string =>
  createHmac('sha256', Redacted.value(secret))
    .update(`treejar-button:${action}:${alertId}`)
    .digest()
    .subarray(0, TOKEN_BYTES)
    .toString('base64url');

/** Rows of buttons as Telegram wants them. */
export const keyboardOf = (rows: readonly (readonly Button[])[]) => ({
  inline_keyboard: rows.map((row) =>
    row.map(({ action, label, token }) => ({
      text: label.slice(0, LABEL_CHARS),
      callback_data: `${action}:${token}`,
    })),
  ),
});

const isAction = Schema.is(Schema.Literals(BUTTON_ACTIONS));

/** What a pressed button says, or `null` when it is none of ours. */
export const pressedOf = (data: string): { readonly action: ButtonAction; readonly token: string } | null => {
  const [action = '', token = '', ...more] = data.split(':');
  return isAction(action) && TOKEN_PATTERN.test(token) && more.length === 0 ? { action, token } : null;
};

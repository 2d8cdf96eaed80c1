/** How long a text may be on each kind of channel (wire/01 §2.2; where the vendor's tables differ, the smaller one). */

/** Fits every transport: a text up to this needs no look at the channel. UTF-16 units. */
export const SAFE_TEXT_CHARS = 1000;

const TEXT_CHARS: ReadonlyMap<string, number> = new Map([
  ['whatsapp', 10_000],
  ['wapi', 1024],
  ['telegram', 4096],
  ['tgapi', 4096],
  ['max', 4096],
  ['maxbot', 4096],
  ['instagram', 1000],
  ['vk', 1000],
  ['avito', 1000],
]);

/** Longest text of one message, UTF-16 units; a transport that is not known gets what fits all. */
export const textLimitOf = (transport: string | null): number =>
  TEXT_CHARS.get(transport?.toLowerCase() ?? '') ?? SAFE_TEXT_CHARS;

/** The transport of WhatsApp Business channels: templates, buttons and the 24-hour window are theirs (wire/01 §6). */
export const WABA = 'wapi';

/** Buttons of one message; the vendor drops further ones without a word (wire/01 §2.1). */
export const MAX_BUTTONS = 10;
export const MAX_BUTTON_CHARS = 20;

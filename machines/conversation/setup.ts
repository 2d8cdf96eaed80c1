/**
 * The conversation's vocabulary for XState: types, actors, guards, delays and named actions; the regions use it. Each
 * concern has a file under `setup/` that extends the one before it; the last one is the vocabulary.
 */
import { and } from 'xstate';
import { withAfterSale } from './setup/after-sale.ts';

export { timeOf } from './machine-events.ts';
export { WINDOW_MS } from './setup/transcript.ts';
export { lastQueued } from './setup/turn.ts';

export const conversationSetup = withAfterSale;

export const botMayAnswer = and(['botOwns', 'isNewMessage']);

/** How much one replica does at once, where the engine's own limits are not the right ones for a shop. */
import { CONCURRENT_CALLS_MAX } from '../adapters/zoho-crm/crm-calls.ts';
import type { EngineLimits } from './engine/limits.ts';

/**
 * A model call is seconds of waiting and hardly any work: 500 dialogues with a minute between two words have 80 of them
 * under way (docs/scaling.md), a thousand twice as many. OpenRouter names no limit for paid models (wire/05 §5).
 */
const MODEL_CALLS = 256;
/**
 * Look-ups and tools wait for Jina and Inventory, each with a patience of its own (2.5 s), and take what we have after it:
 * few places would make everybody wait for those who wait.
 */
const LOOK_UPS = 256;
/**
 * CRM takes so many calls at once, and looking a newcomer up is several of them. Who is let in beyond that waits inside
 * until its time is over, with part of its calls made: of a thousand newcomers within half a minute 50 were found in three
 * minutes with 32 places, because nearly every call was made for somebody who had given up.
 */
const CRM_WORK = CONCURRENT_CALLS_MAX;
/** All together: what is waited for must leave room for what ends a turn. */
const COMMANDS = 768;

export const SHOP_LIMITS: Partial<EngineLimits> = {
  commandsRunning: COMMANDS,
  vendorConcurrency: { openrouter: MODEL_CALLS, catalog: LOOK_UPS, 'zoho-crm': CRM_WORK },
};

/** How much one replica does at once, where the engine's own limits are not the right ones for a shop. */
import type { EngineLimits } from './engine/limits.ts';

/**
 * A model call is seconds of waiting and hardly any work: 500 dialogues with a minute between two words have 80 of them
 * under way (docs/scaling.md), a thousand twice as many. OpenRouter names no limit for paid models (wire/05 §5).
 */
const MODEL_CALLS = 256;
/** All vendors together: the model must leave room for what ends a turn. */
const COMMANDS = 512;

export const SHOP_LIMITS: Partial<EngineLimits> = {
  commandsRunning: COMMANDS,
  vendorConcurrency: { openrouter: MODEL_CALLS },
};

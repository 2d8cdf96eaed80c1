/**
 * The rule-based salesperson of the sandbox: it plays the language model. It decides from the messages alone, uses the
 * tools it is offered, and says no figure that a tool did not give it in this turn.
 */
import { answer } from './answer.ts';
import type { Asked, Move } from './move.ts';
import { plan } from './plan.ts';
import { repaired } from './repair.ts';
import { readScene, type Scene } from './scene.ts';
import { shortlyIn } from './shortly.ts';
import { understand } from './understand.ts';

export type { Asked, Call, Move } from './move.ts';

/** The next move in the dialogue: tool calls, or the reply. */
export const respond = (asked: Asked): Move => {
  const scene = again(readScene(asked));
  const wants = understand(scene);
  const calls = plan(scene, wants);
  if (calls.length > 0) return { kind: 'call', calls };
  const text = answer(scene, wants);
  return { kind: 'say', text: scene.repair === null ? text : repaired(text, scene.repair, scene.language) };
};

/** "Repeat, please": what was said to their words before is looked up and said anew, figures and all (domain 9.6). */
const again = (scene: Scene): Scene => {
  const [before, ...earlier] = scene.earlier;
  if (before === undefined || !shortlyIn(scene.said).repeat) return scene;
  return { ...scene, said: before, earlier, replies: scene.replies.slice(1), repeats: true };
};

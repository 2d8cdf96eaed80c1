/** Who judges. The runtime reads it from the environment (`OPENROUTER_JUDGE_MODEL`). */
import { Context } from 'effect';

export class JudgeSettings extends Context.Service<
  JudgeSettings,
  {
    /** Another vendor's than the writer's by default (domain 1.8). */
    readonly model: string;
  }
>()('treejar/actors/JudgeSettings') {}

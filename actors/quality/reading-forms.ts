/** What is asked of the judge in each scope, the strict form of the answer, and when the answer is refused. */
import { Schema } from 'effect';
import type { ChatMessage, ResponseFormat } from '../../adapters/openrouter/openrouter.ts';
import type { Refusal } from '../../machines/quality/criteria.ts';
import {
  FLAGS_PROMPT_VERSION,
  type FlagVerdict,
  flagMessages,
  JUDGED_FLAGS,
  refuseFlags,
  withFlagEvidence,
} from '../../machines/quality/flags.ts';
import { JUDGE_PROMPT_VERSION, judgeMessages } from '../../machines/quality/judge-prompt.ts';
import {
  MANAGER_PROMPT_VERSION,
  type ManagerVerdict,
  managerMessages,
  refuseManagerVerdict,
  withManagerEvidence,
} from '../../machines/quality/manager-verdict.ts';
import type { ShownDialogue, ShownLine } from '../../machines/quality/transcript.ts';
import { refuseVerdict, type Verdict, withEvidence } from '../../machines/quality/verdict.ts';
import type { ReviewTask } from '../../machines/review/machine.ts';

const Line = Schema.String.check(Schema.isMaxLength(600));
const Lines = Schema.Array(Line).check(Schema.isMaxLength(5));
const Criteria = Schema.Array(
  Schema.Struct({
    rule: Schema.Int,
    score: Schema.Literals([0, 1, 2]),
    comment: Line,
    quotes: Schema.Array(Line).check(Schema.isMaxLength(2)),
  }),
).check(Schema.isMaxLength(30));
const VerdictForm = Schema.Struct({
  criteria: Criteria,
  strengths: Lines,
  weaknesses: Lines,
  recommendations: Lines,
  nextAction: Line,
});
const FlagsForm = Schema.Struct({
  flags: Schema.Array(
    Schema.Struct({
      flag: Schema.Literals(JUDGED_FLAGS),
      raised: Schema.Boolean,
      comment: Line,
      quotes: Schema.Array(Line).check(Schema.isMaxLength(1)),
    }),
  ).check(Schema.isMaxLength(10)),
});

export interface ReadingForm<V> {
  readonly promptVersion: string;
  readonly responseFormat: ResponseFormat<V>;
  /** Of the answer, tokens: a mark with comment and quotes is some 200, Arabic quotes take more. */
  readonly maxTokens: number;
  readonly messages: (dialogue: ShownDialogue, task: ReviewTask) => readonly ChatMessage[];
  readonly refuse: (verdict: V, lines: readonly ShownLine[]) => Refusal | null;
  readonly withEvidence: (verdict: V, lines: readonly ShownLine[]) => V;
}

export const BOT_FORM: ReadingForm<Verdict> = {
  promptVersion: JUDGE_PROMPT_VERSION,
  responseFormat: { name: 'verdict', schema: VerdictForm },
  maxTokens: 6000,
  messages: judgeMessages,
  refuse: refuseVerdict,
  withEvidence,
};

export const MANAGER_FORM: ReadingForm<ManagerVerdict> = {
  promptVersion: MANAGER_PROMPT_VERSION,
  responseFormat: { name: 'manager_verdict', schema: VerdictForm },
  maxTokens: 4500,
  messages: (dialogue, { activityAt }) => managerMessages(dialogue, activityAt),
  refuse: refuseManagerVerdict,
  withEvidence: withManagerEvidence,
};

export const FLAGS_FORM: ReadingForm<FlagVerdict> = {
  promptVersion: FLAGS_PROMPT_VERSION,
  responseFormat: { name: 'flags', schema: FlagsForm },
  maxTokens: 1200,
  messages: flagMessages,
  refuse: refuseFlags,
  withEvidence: withFlagEvidence,
};

export const FORMS = { bot: BOT_FORM, manager: MANAGER_FORM, flags: FLAGS_FORM } as const;

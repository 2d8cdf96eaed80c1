/** How the commands of told steps went: each ended with the next step; the second try of each model call answered. */
import type { EffectsView } from '../../../runtime/api/effects-schemas.ts';
import type { MockConversation } from './world.ts';

export const effectsOf = ({ rows }: MockConversation, query: URLSearchParams): EffectsView => {
  const [from, to] = [Number(query.get('from')), Number(query.get('to'))];
  const commands = rows.flatMap((row, index) =>
    row.commands.map((command): EffectsView['commands'][number] => {
      const end = rows[index + 1];
      return {
        id: command.id,
        name: command.name,
        label: command.label,
        status: end === undefined ? 'running' : 'done',
        attempts: command.name === 'think' ? 2 : 1,
        createdAt: row.at,
        startedAt: row.at,
        finishedAt: end?.at ?? null,
        error: null,
        startedBy: row.seq,
        endedBy: end?.seq ?? null,
      };
    }),
  );
  const within = (seq: number | null): boolean => seq !== null && seq >= from && seq <= to;
  const asked = commands.filter(({ startedBy, endedBy }) => within(startedBy) || within(endedBy));
  return {
    commands: asked,
    calls: asked
      .filter(({ name }) => name === 'think')
      .map((command) => ({
        id: `${command.id}#2`,
        commandId: command.id,
        job: 'dialogue',
        at: command.createdAt,
        outcome: 'answered',
        errorClass: null,
        model: 'deepseek/deepseek-chat',
        provider: 'sandbox',
        generationId: null,
        promptVersions: ['persona@3', 'rules@7'],
        promptTokens: 2310,
        cachedTokens: 1900,
        completionTokens: 148,
        reasoningTokens: 0,
        costUsd: '0.0021',
        durationMs: 1240,
        finishReason: 'stop',
      })),
  };
};

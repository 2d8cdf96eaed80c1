/** Gathers what decisions need, in few queries for many touches, and decides: for the gate and the dry run (domain 17.13). */
import { Effect } from 'effect';
import type pg from 'pg';
import type { ChannelGate } from '../../adapters/wazzup/channel-gate.ts';
import type { BusinessHours } from '../../machines/business-hours/business-hours.ts';
import { decideTouch, type PreparedTemplate } from '../../machines/outreach/decide.ts';
import { type Blanks, fillBlanks, touchText } from '../../machines/outreach/texts.ts';
import type { TouchDecision, TouchRequest } from '../../machines/outreach/touch.ts';
import type { Settings } from '../api/settings-schema.ts';
import { makeChannelStore, type StoredChannel } from '../channels/channel-store.ts';
import { prepareTemplate } from '../channels/prepare-template.ts';
import { makeTemplateStore, type StoredTemplate } from '../channels/template-store.ts';
import { policyOf } from './policy.ts';

export interface JudgeOptions {
  readonly pool: pg.Pool;
  readonly gate: ChannelGate['Service'];
  readonly hours: BusinessHours;
  readonly timeZone: string;
}

export interface JudgedTouch {
  readonly request: TouchRequest;
  /** The moment that is judged, ms since the epoch; the dry run asks about the future. */
  readonly now: number;
}

/** In the order given. */
export type Judge = (
  touches: readonly JudgedTouch[],
  settings: Settings,
) => Promise<readonly TouchDecision[]>;

const OPTED_OUT_SQL = 'select chat_id from opt_out where chat_id = any($1)';

interface Gathered {
  readonly optedOut: ReadonlySet<string>;
  readonly channels: ReadonlyMap<string, StoredChannel>;
  readonly fit: ReadonlyMap<string, boolean>;
  readonly templates: ReadonlyMap<string, StoredTemplate | null>;
}

export const makeJudge = ({ pool, gate, hours, timeZone }: JudgeOptions): Judge => {
  const channelStore = makeChannelStore(pool);
  const templateStore = makeTemplateStore(pool);

  const gather = async (touches: readonly JudgedTouch[], settings: Settings): Promise<Gathered> => {
    const requests = touches.map(({ request }) => request);
    const channelIds = [...new Set(requests.map(({ channelId }) => channelId))];
    const templateIds = [
      ...new Set(
        requests.flatMap(({ touch, language }) => policyOf(settings, touch, language).template?.id ?? []),
      ),
    ];
    const [optedOut, channels, fit, templates] = await Promise.all([
      pool.query<{ chat_id: string }>(OPTED_OUT_SQL, [requests.map(({ chatId }) => chatId)]),
      channelStore.read(channelIds),
      Promise.all(channelIds.map((id) => Effect.runPromise(gate.mayReachOut(id)))),
      Promise.all(templateIds.map((id) => templateStore.byId(id))),
    ]);
    return {
      optedOut: new Set(optedOut.rows.map((row) => row.chat_id)),
      channels: new Map(channels.map((channel) => [channel.channelId, channel])),
      fit: new Map(channelIds.map((id, index) => [id, fit[index] ?? false])),
      templates: new Map(templateIds.map((id, index) => [id, templates[index] ?? null])),
    };
  };

  return async (touches, settings) => {
    const gathered = await gather(touches, settings);
    return touches.map(({ request, now }) => {
      const { touch, language, channelId, chatId } = request;
      const policy = policyOf(settings, touch, language);
      const blanks = blanksOf(request, settings);
      return decideTouch({
        now,
        enabled: policy.enabled,
        optedOut: gathered.optedOut.has(chatId),
        channelFit: gathered.fit.get(channelId) ?? false,
        shop: { hours, timeZone, holidays: settings.business.holidays },
        windowClosesAt: request.windowClosesAt,
        text: touchText(touch, language, settings.texts, blanks),
        template:
          policy.template === undefined ? null : prepared(gathered, channelId, policy.template, blanks),
      });
    });
  };
};

const blanksOf = ({ name, number, about }: TouchRequest, { bot }: Settings): Blanks => ({
  name,
  number,
  about,
  assistantName: bot.assistantName,
  companyName: bot.companyName,
});

const prepared = (
  { channels, templates }: Gathered,
  channelId: string,
  template: { readonly id: string; readonly values: readonly string[] },
  blanks: Blanks,
): PreparedTemplate => {
  const use = { id: template.id, values: template.values.map((value) => fillBlanks(value, blanks).trim()) };
  const stored = templates.get(use.id) ?? null;
  const result = prepareTemplate(channelId, channels.get(channelId) ?? null, stored, use);
  return 'refused' in result ? { refused: result.refused.message } : { use, text: result.text };
};

/** Outreach as the API uses it. */
import { Context } from 'effect';
import { ChannelGate } from '../../adapters/wazzup/channel-gate.ts';
import type { OutreachApi } from '../api/deps.ts';
import type { Config } from '../config.ts';
import { referralStats } from '../referral/referral-store.ts';
import { dueTouches } from './dry-run.ts';
import { RUN_KINDS, type RunOptions, runOutreach } from './hourly-run.ts';
import { makeJudge } from './judge.ts';

export interface OutreachApiOptions extends RunOptions {
  readonly services: Context.Context<ChannelGate>;
  readonly config: Pick<Config, 'businessHours' | 'businessTimeZone'>;
}

export const makeOutreachApi = (options: OutreachApiOptions): OutreachApi => {
  const judge = makeJudge({
    pool: options.pool,
    gate: Context.get(options.services, ChannelGate),
    hours: options.config.businessHours,
    timeZone: options.config.businessTimeZone,
  });
  return {
    due: (limit, cursor) => dueTouches({ ...options, judge }, limit, cursor),
    referrals: (phone) => referralStats(options, phone),
    run: (kinds = RUN_KINDS) => runOutreach(options, kinds, true),
  };
};

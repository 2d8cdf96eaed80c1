/** What the owner's settings say of each kind of touch (domain 17.10, 17.13, 18.1, 18.3; contract 3.5). */

import { nameOfTouch } from '../../machines/outreach/texts.ts';
import type { Touch } from '../../machines/outreach/touch.ts';
import type { Settings } from '../api/settings-schema.ts';
import type { Allowance } from './allowance.ts';

export interface TouchPolicy {
  readonly enabled: boolean;
  /** By language; undefined: none is configured. */
  readonly template: { readonly id: string; readonly values: readonly string[] } | undefined;
  readonly allowance: Allowance;
}

/** Domain 18.1: payment reminders have a day's limit beside the run's. */
const PAYMENT_PER_DAY = 25;

const enabled = (settings: Settings, touch: Touch): boolean => {
  switch (touch.kind) {
    case 'follow_up':
      return settings.followUps.enabled;
    case 'quiet':
      return settings.followUps.enabled && settings.followUps.quiet.enabled;
    // The customer asked for it: nobody has to switch it on (domain 5.15).
    case 'agreed':
      return true;
    case 'payment':
      return settings.paymentReminders.mode !== 'disabled';
    case 'feedback':
      return settings.feedback.enabled;
    case 'reactivation':
      return settings.reactivation.enabled;
  }
};

const templatesOf = (settings: Settings, touch: Touch): Settings['followUps']['templates'] => {
  switch (touch.kind) {
    case 'payment':
      return settings.paymentReminders.templates;
    case 'feedback':
      return settings.feedback.templates;
    case 'reactivation':
      return settings.reactivation.templates;
    default:
      return settings.followUps.templates;
  }
};

/** `2.en` in `followUps.templates`, `quiet.2.en`, `agreed.en`; `en` and `30.en` in the others. */
const templateName = (touch: Touch, language: string): string => {
  if (touch.kind === 'follow_up') return `${touch.step}.${language}`;
  if (touch.kind === 'payment' || touch.kind === 'feedback') return language;
  if (touch.kind === 'reactivation') return `${touch.step}.${language}`;
  return `${nameOfTouch(touch)}.${language}`;
};

export const policyOf = (settings: Settings, touch: Touch, language: 'en' | 'ar'): TouchPolicy => ({
  enabled: enabled(settings, touch),
  template: templatesOf(settings, touch)[templateName(touch, language)],
  allowance: {
    // Everything that we write first shares the run's limit, except what has one of its own.
    name: touch.kind === 'payment' ? 'payment' : touch.kind === 'agreed' ? 'agreed' : 'outreach',
    perHour: touch.kind === 'payment' ? settings.paymentReminders.maxPerRun : settings.followUps.maxPerRun,
    perDay: touch.kind === 'payment' ? PAYMENT_PER_DAY : null,
  },
});

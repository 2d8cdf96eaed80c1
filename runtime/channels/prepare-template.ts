/** Whether a template may go out on a channel now, and what the customer will read. */
import { judgeChannel } from '../../adapters/wazzup/channel-states.ts';
import { WABA } from '../../adapters/wazzup/limits.ts';
import { countBlanks, fillTemplate } from '../../adapters/wazzup/templates.ts';
import type { TemplateUse } from '../../machines/conversation/events.ts';
import type { StoredChannel } from './channel-store.ts';
import type { StoredTemplate } from './template-store.ts';

export type Prepared =
  | { readonly text: string }
  | { readonly refused: { readonly code: string; readonly message: string } };

const refuse = (code: string, message: string): Prepared => ({ refused: { code, message } });

/** Domain 17.3, 17.12: approved templates only, on business channels that work. */
export const prepareTemplate = (
  channelId: string,
  channel: StoredChannel | null,
  template: StoredTemplate | null,
  use: TemplateUse,
): Prepared => {
  if (channel?.transport && channel.transport.toLowerCase() !== WABA) {
    return refuse(
      'no_templates',
      'This channel is no WhatsApp Business channel, and only those have templates.',
    );
  }
  const verdict = channel ? judgeChannel(channel.state) : null;
  if (verdict && !verdict.maySend) return refuse('channel_down', verdict.advice);
  if (!template)
    return refuse('template_unknown', 'There is no such template; choose one of GET /api/v1/templates.');
  if (template.status !== 'approved') {
    return refuse(
      'template_not_approved',
      `The template is ${template.status}; choose one that is approved.`,
    );
  }
  if (template.channelIds.length > 0 && !template.channelIds.includes(channelId)) {
    return refuse(
      'template_elsewhere',
      'The template belongs to another channel; choose one of this channel.',
    );
  }
  if (template.parts.length === 0) {
    return refuse('template_unread', 'Its text is not known yet; try again in a quarter of an hour.');
  }
  const blanks = countBlanks(template.parts);
  if (blanks !== use.values.length || use.values.some((value) => value.trim() === '')) {
    return refuse('template_values', `The template wants ${blanks} values, none of them empty.`);
  }
  return { text: fillTemplate(template.parts, use.values) };
};

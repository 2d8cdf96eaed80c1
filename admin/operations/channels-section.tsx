/** WhatsApp channels with what to do about them, and the templates that may open a shut window. */
import type { Channel, Template } from '../api/types.ts';
import { t, units } from '../i18n/i18n.ts';
import { clockStore } from '../lib/clock.ts';
import { formatDuration } from '../lib/time.ts';
import { useStore } from '../lib/use-store.ts';
import { StatusMark } from './status-mark.tsx';

const statusOf = (channel: Channel): 'ok' | 'degraded' | 'down' => {
  if (!channel.maySend) return 'down';
  return channel.mayReachOut ? 'ok' : 'degraded';
};

const STATUS_WORDS = { ok: 'opsSends', degraded: 'opsAnswersOnly', down: 'opsSendsNothing' } as const;

const Checked = ({ at }: { at: string }) => {
  const words = useStore(clockStore, ({ now }) =>
    t('opsChecked', { time: formatDuration(now - Date.parse(at), units()) }),
  );
  return <time dateTime={at}>{words}</time>;
};

const ChannelCard = ({ channel }: { channel: Channel }) => {
  const status = statusOf(channel);
  return (
    <li class={`card ops-channel is-${status}`}>
      <div class="ops-part-head">
        <h3>
          <bdi>{channel.name ?? channel.phone ?? channel.id}</bdi>
        </h3>
        <StatusMark status={status} words={t(STATUS_WORDS[status])} />
      </div>
      {channel.advice === '' ? null : (
        <p class="ops-advice" dir="auto">
          {channel.advice}
        </p>
      )}
      <p class="ops-channel-facts">
        {channel.phone === null ? null : <bdi dir="ltr">{channel.phone}</bdi>}
        <code dir="ltr">{channel.state}</code>
        <Checked at={channel.checkedAt} />
      </p>
    </li>
  );
};

export const ChannelCards = ({ channels }: { channels: readonly Channel[] }) =>
  channels.length === 0 ? (
    <p class="quiet-note">{t('opsNoChannels')}</p>
  ) : (
    <ul class="ops-parts">
      {channels.map((channel) => (
        <ChannelCard key={channel.id} channel={channel} />
      ))}
    </ul>
  );

const TemplateRow = ({ template }: { template: Template }) => {
  const approved = template.status === 'approved';
  return (
    <li class="ops-template">
      <div class="ops-template-head">
        <strong>
          <bdi>{template.title ?? template.name ?? template.id}</bdi>
        </strong>
        {template.language === null ? null : <span class="language-tag">{template.language}</span>}
        <StatusMark
          status={approved ? 'ok' : 'degraded'}
          words={approved ? t('opsApproved') : template.status}
        />
      </div>
      <p dir="auto">{template.text}</p>
    </li>
  );
};

export const TemplateList = ({ templates }: { templates: readonly Template[] }) =>
  templates.length === 0 ? (
    <p class="quiet-note">{t('opsNoTemplates')}</p>
  ) : (
    <ul class="card ops-templates">
      {templates.map((template) => (
        <TemplateRow key={template.id} template={template} />
      ))}
    </ul>
  );

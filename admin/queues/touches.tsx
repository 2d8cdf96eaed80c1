/** Whom we would write to first, with what and when: a dry run, nothing is sent (domain 17.13). */
import type { Touch } from '../api/types.ts';
import { paths } from '../app/paths.ts';
import { api } from '../app/services.ts';
import { Until } from '../components/ticking.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { t } from '../i18n/i18n.ts';
import { Listed } from './listed.tsx';

const KINDS: Readonly<Record<Touch['kind'], MessageKey>> = {
  follow_up: 'touchFollowUp',
  quiet: 'touchQuiet',
  agreed: 'touchAgreed',
  payment: 'touchPayment',
  feedback: 'touchFeedback',
  reactivation: 'touchReactivation',
};
const VERDICTS: Readonly<Record<Touch['verdict'], readonly [MessageKey, string]>> = {
  send: ['touchSend', 'is-bot'],
  wait: ['touchWait', 'is-waiting'],
  blocked: ['touchBlocked', 'is-bad'],
};
const REASONS: Readonly<Record<NonNullable<Touch['reason']>, MessageKey>> = {
  disabled: 'whyDisabled',
  opted_out: 'whyOptedOut',
  already_sent: 'whyAlreadySent',
  no_template: 'whyNoTemplate',
  template_refused: 'whyTemplateRefused',
  channel_down: 'whyChannelDown',
  quiet_hours: 'whyQuietHours',
  run_allowance: 'whyRunAllowance',
  day_allowance: 'whyDayAllowance',
  owned_by_person: 'whyOwned',
};

export const Touches = () => (
  <Listed
    fetch={api.queues.touches}
    icon="clock"
    empty={t('touchesNone')}
    head={[t('colCustomer'), t('touchKind'), t('touchWhen'), t('touchVerdict')]}
    row={(touch) => (
      <tr key={`${touch.conversationId} ${touch.kind} ${touch.step}`}>
        <td>
          <a href={paths.conversation(touch.conversationId)}>
            <bdi>{touch.name ?? touch.conversationId}</bdi>
          </a>
          {touch.text === null ? null : (
            <p class="touch-text" dir="auto">
              {touch.text}
            </p>
          )}
        </td>
        <td>
          {t(KINDS[touch.kind])}
          {touch.step > 0 ? ` ${touch.step}` : ''}
        </td>
        <td>
          <Until at={touch.at} />
        </td>
        <td>
          <span class={`chip ${VERDICTS[touch.verdict][1]}`}>{t(VERDICTS[touch.verdict][0])}</span>
          {touch.reason === null ? null : <p class="quiet-note">{t(REASONS[touch.reason])}</p>}
        </td>
      </tr>
    )}
  />
);

/** Taking a chat over for a chosen time: after so much silence of the person it is offered back to the bot (domain 8). */
import { Icon } from '../components/icon.tsx';
import { t, units } from '../i18n/i18n.ts';
import { formatDuration } from '../lib/time.ts';
import { useOpened } from './context.ts';

const MINUTE_MS = 60_000;
const CHOICES_MS = [15, 30, 60, 4 * 60, 24 * 60].map((minutes) => minutes * MINUTE_MS);

export const TakeOverFor = ({ disabled }: { disabled: boolean }) => {
  const { actions } = useOpened();
  return (
    <label class="select take-over-for" title={t('takeOverForHint')}>
      <span class="visually-hidden">{t('takeOverForHint')}</span>
      <select
        value=""
        disabled={disabled}
        onChange={(event) => {
          const chosen = Number(event.currentTarget.value);
          event.currentTarget.value = '';
          if (chosen > 0) void actions.takeOver(chosen);
        }}
      >
        <option value="">{t('takeOverFor')}</option>
        {CHOICES_MS.map((ms) => (
          <option key={ms} value={ms}>
            {formatDuration(ms, units())}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </label>
  );
};

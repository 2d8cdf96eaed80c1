/** What the person holding the phone can do: write, repeat a webhook, or answer as the manager from the shop's phone. */
import { useState } from 'preact/hooks';
import { api, trouble } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import { t } from '../i18n/i18n.ts';
import type { DeskPhone } from './desk.ts';
import { SAMPLES } from './samples.ts';

const hasArabic = (text: string): boolean => /\p{Script=Arabic}/u.test(text);

const Samples = ({ first, onChoose }: { first: 'en' | 'ar'; onChoose: (text: string) => void }) => (
  <label class="select is-small">
    <span class="visually-hidden">{t('samples')}</span>
    <select
      value=""
      onChange={(event) => {
        onChoose(event.currentTarget.value);
        event.currentTarget.value = '';
      }}
    >
      <option value="">{t('samples')}</option>
      {[...SAMPLES[first], ...SAMPLES[first === 'ar' ? 'en' : 'ar']].map((sample) => (
        <option key={sample} value={sample}>
          {sample}
        </option>
      ))}
    </select>
    <Icon name="down" />
  </label>
);

interface SwitchProps {
  readonly label: string;
  readonly hint?: string;
  readonly on: boolean;
  readonly disabled?: boolean;
  readonly onSwitch: (on: boolean) => void;
}

const Switch = ({ label, hint, on, disabled = false, onSwitch }: SwitchProps) => (
  <label class="check" title={hint}>
    <input
      type="checkbox"
      checked={on}
      disabled={disabled}
      onChange={(event) => onSwitch(event.currentTarget.checked)}
    />
    {label}
  </label>
);

export const PhoneControls = ({ phone }: { phone: DeskPhone }) => {
  const [text, setText] = useState('');
  const [twice, setTwice] = useState(false);
  const [manager, setManager] = useState(false);
  const send = async (): Promise<void> => {
    const written = text.trim();
    if (written === '') return;
    setText('');
    try {
      if (manager) await api.phones.managerWrites(phone.chatId, written);
      else
        await api.phones.customerWrites(phone.chatId, {
          text: written,
          name: phone.name,
          times: twice ? 2 : 1,
        });
    } catch (error) {
      // What was typed is not lost, unless something new was begun meanwhile.
      setText((now) => (now === '' ? written : now));
      trouble(error);
    }
  };
  return (
    <form
      class={`phone-controls ${manager ? 'is-manager' : ''}`}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div class="phone-samples">
        <Samples first={hasArabic(text === '' ? phone.name : text) ? 'ar' : 'en'} onChoose={setText} />
        <Switch
          label={t('deliverTwice')}
          hint={t('deliverTwiceHint')}
          on={twice}
          disabled={manager}
          onSwitch={setTwice}
        />
        <Switch label={t('asManager')} on={manager} onSwitch={setManager} />
      </div>
      <div class="phone-write">
        <input
          type="text"
          dir="auto"
          maxLength={4096}
          aria-label={`${t('phoneWrite')}: ${phone.name}`}
          placeholder={t('phoneWrite')}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button
          type="submit"
          class="icon-button is-send"
          disabled={text.trim() === ''}
          aria-label={t(manager ? 'managerSend' : 'phoneSend')}
        >
          <Icon name="send" directed />
        </button>
      </div>
    </form>
  );
};

/** What the person holding the phone can do: write, repeat a webhook, or answer as the manager from the shop's phone. */
import { useState } from 'preact/hooks';
import { api, trouble } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import { t } from '../i18n/i18n.ts';
import type { DeskPhone } from './desk.ts';
import { SAMPLES } from './samples.ts';
import { useRecorder, type VoiceFile } from './use-recorder.ts';
import { RecordButton, RecordingLine } from './voice-note.tsx';

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

/** Files that the sandbox has samples of: a voice note, a photo of furniture or of a floor plan, a document. */
const FILES = [
  ['audio', 'voice', 'sampleVoice'],
  ['image', 'image', 'samplePhoto'],
  ['plan', 'map', 'samplePlan'],
  ['document', 'file', 'sampleDocument'],
] as const;

const Attach = ({ onSend }: { onSend: (kind: (typeof FILES)[number][0]) => void }) => (
  <>
    {FILES.map(([kind, icon, words]) => (
      <button
        key={kind}
        type="button"
        class="icon-button"
        aria-label={t(words)}
        title={t(words)}
        onClick={() => onSend(kind)}
      >
        <Icon name={icon} />
      </button>
    ))}
  </>
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

interface WriteLineProps {
  /** Whose phone it is. */
  readonly name: string;
  /** The shop's manager writes, not the customer. */
  readonly manager: boolean;
  readonly text: string;
  readonly onText: (text: string) => void;
}

const WriteLine = ({ name, manager, text, onText }: WriteLineProps) => (
  <div class="phone-write">
    <input
      type="text"
      dir="auto"
      maxLength={4096}
      aria-label={`${t('phoneWrite')}: ${name}`}
      placeholder={t('phoneWrite')}
      value={text}
      onInput={(event) => onText(event.currentTarget.value)}
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
);

export interface PhoneControlsProps {
  readonly phone: DeskPhone;
  /** The customer does not look at the phone: nothing becomes read. */
  readonly silent: boolean;
  readonly onSilent: (silent: boolean) => void;
}

export const PhoneControls = ({ phone, silent, onSilent }: PhoneControlsProps) => {
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
  const attach = (kind: (typeof FILES)[number][0]): void => {
    api.phones
      .customerWrites(phone.chatId, {
        text: '',
        ...(kind === 'plan' ? { kind: 'image', sample: 'plan' } : { kind }),
        name: phone.name,
        times: twice ? 2 : 1,
      })
      .catch(trouble);
  };
  const sendVoice = (file: VoiceFile): void => {
    api.phones
      .customerWrites(phone.chatId, {
        text: '',
        kind: 'audio',
        file,
        name: phone.name,
        times: twice ? 2 : 1,
      })
      .catch(trouble);
  };
  const recorder = useRecorder(sendVoice);
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
        {manager ? null : (
          <span class="phone-attach">
            <RecordButton recorder={recorder} />
            <Attach onSend={attach} />
          </span>
        )}
        <Switch
          label={t('deliverTwice')}
          hint={t('deliverTwiceHint')}
          on={twice}
          disabled={manager}
          onSwitch={setTwice}
        />
        <Switch label={t('goSilent')} hint={t('goSilentHint')} on={silent} onSwitch={onSilent} />
        <Switch label={t('asManager')} on={manager} onSwitch={setManager} />
      </div>
      {recorder.trouble === null ? null : (
        <p class="phone-trouble" role="alert">
          {t(recorder.trouble)}
        </p>
      )}
      {recorder.state === 'recording' ? (
        <RecordingLine recorder={recorder} />
      ) : (
        <WriteLine name={phone.name} manager={manager} text={text} onText={setText} />
      )}
    </form>
  );
};

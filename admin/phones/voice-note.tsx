/** The microphone of a phone: a tap records, the next sends; what stands in the way is said in a sentence. */
import { Icon } from '../components/icon.tsx';
import { t } from '../i18n/i18n.ts';
import { MAX_VOICE_MS, type Recorder } from './use-recorder.ts';

/** `0:07`. */
const clockOf = (ms: number): string => {
  const seconds = Math.floor(Math.min(ms, MAX_VOICE_MS) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

export const RecordButton = ({ recorder }: { recorder: Recorder }) => (
  <button
    type="button"
    class="icon-button"
    aria-label={t('recordVoice')}
    title={t('recordVoiceHint')}
    disabled={recorder.state !== 'idle'}
    onClick={recorder.start}
  >
    <Icon name="mic" />
  </button>
);

/** In place of the line to write in, while something is recorded. */
export const RecordingLine = ({ recorder }: { recorder: Recorder }) => (
  <div class="phone-recording">
    <button
      type="button"
      class="icon-button"
      aria-label={t('discardVoice')}
      title={t('discardVoice')}
      onClick={recorder.discard}
    >
      <Icon name="trash" />
    </button>
    <span class="recording-dot" />
    <span class="recording-words" role="status">
      {t('recordingVoice')}
    </span>
    <bdi class="recording-time">{clockOf(recorder.elapsedMs)}</bdi>
    <button
      type="button"
      class="icon-button is-send"
      aria-label={t('sendVoice')}
      title={t('sendVoice')}
      onClick={recorder.finish}
    >
      <Icon name="send" directed />
    </button>
  </div>
);

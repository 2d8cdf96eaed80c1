/** A voice note by the microphone of this computer: asks, records, and gives it back as a file. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { MessageKey } from '../i18n/en.ts';

/** A longer note ends by itself and is sent: what is recorded travels in one request (G10). */
export const MAX_VOICE_MS = 60_000;
/** Speech stays clear, and a minute stays small (bits per second). */
const VOICE_BITS = 24_000;
const TICK_MS = 250;

/** What browsers can record, the first that this one can; Safari knows only the last. */
const FORMATS = [
  { recorded: 'audio/webm;codecs=opus', contentType: 'audio/webm', name: 'voice.webm' },
  { recorded: 'audio/ogg;codecs=opus', contentType: 'audio/ogg', name: 'voice.ogg' },
  { recorded: 'audio/mp4', contentType: 'audio/mp4', name: 'voice.m4a' },
] as const;

export interface VoiceFile {
  readonly name: string;
  readonly contentType: (typeof FORMATS)[number]['contentType'];
  readonly base64: string;
}

export interface Recorder {
  readonly state: 'idle' | 'asking' | 'recording';
  /** Recorded so far, ms. */
  readonly elapsedMs: number;
  /** Why nothing is recorded; gone with the next try. */
  readonly trouble: MessageKey | null;
  readonly start: () => void;
  /** Ends the note and gives it to `onVoice`. */
  readonly finish: () => void;
  /** Ends the note; nobody gets it. */
  readonly discard: () => void;
}

const base64Of = async (blob: Blob): Promise<string> => {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};

/** What the browser's refusal means to the person before it (names: W3C Media Capture, `getUserMedia`). */
export const refusalOf = (error: unknown): MessageKey => {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'micRefused';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'micNone';
  return 'micFailed';
};

const formatHere = () => FORMATS.find(({ recorded }) => MediaRecorder.isTypeSupported(recorded));

interface Running {
  readonly recorder: MediaRecorder;
  /** Gives the microphone back. */
  readonly close: () => void;
}

interface Listeners {
  readonly onElapsed: (ms: number) => void;
  readonly onVoice: (voice: VoiceFile) => void;
  /** It is over, well or not. */
  readonly onEnd: () => void;
  readonly onTrouble: (words: MessageKey) => void;
}

const closeStream = (stream: MediaStream): void => {
  for (const track of stream.getTracks()) track.stop();
};

const record = (stream: MediaStream, format: (typeof FORMATS)[number], to: Listeners): Running => {
  const { recorded, name, contentType } = format;
  const recorder = new MediaRecorder(stream, { mimeType: recorded, audioBitsPerSecond: VOICE_BITS });
  const pieces: Blob[] = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  recorder.onstop = async () => {
    to.onEnd();
    to.onVoice({ name, contentType, base64: await base64Of(new Blob(pieces)) });
  };
  recorder.onerror = () => {
    recorder.onstop = null;
    to.onEnd();
    to.onTrouble('micFailed');
  };
  const began = performance.now();
  const ticker = setInterval(() => {
    const elapsed = performance.now() - began;
    to.onElapsed(elapsed);
    if (elapsed >= MAX_VOICE_MS && recorder.state === 'recording') recorder.stop();
  }, TICK_MS);
  recorder.start();
  return {
    recorder,
    close: () => {
      clearInterval(ticker);
      closeStream(stream);
    },
  };
};

/** Records until it is finished, discarded, or long enough. `onVoice` gets what was recorded. */
export const useRecorder = (onVoice: (voice: VoiceFile) => void): Recorder => {
  const [state, setState] = useState<Recorder['state']>('idle');
  const [elapsedMs, setElapsed] = useState(0);
  const [trouble, setTrouble] = useState<MessageKey | null>(null);
  const running = useRef<Running | null>(null);
  const alive = useRef(true);
  const deliver = useRef(onVoice);
  deliver.current = onVoice;

  const end = (): void => {
    running.current?.close();
    running.current = null;
    setState('idle');
  };
  useEffect(
    () => () => {
      alive.current = false;
      running.current?.close();
    },
    [],
  );

  const start = async (): Promise<void> => {
    setTrouble(null);
    // Without HTTPS, and not on this machine itself, a browser has no microphone to ask for.
    if (!('mediaDevices' in navigator) || !('MediaRecorder' in globalThis)) {
      setTrouble('micInsecure');
      return;
    }
    const format = formatHere();
    if (format === undefined) {
      setTrouble('micFailed');
      return;
    }
    setState('asking');
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      if (!alive.current) {
        closeStream(stream);
        return;
      }
      running.current = record(stream, format, {
        onElapsed: setElapsed,
        onVoice: (voice) => deliver.current(voice),
        onEnd: end,
        onTrouble: setTrouble,
      });
      setElapsed(0);
      setState('recording');
    } catch (error) {
      setState('idle');
      setTrouble(refusalOf(error));
    }
  };

  return {
    state,
    elapsedMs,
    trouble,
    start: () => void start(),
    finish: () => running.current?.recorder.stop(),
    discard: () => {
      const now = running.current;
      if (now === null) return;
      now.recorder.onstop = null;
      if (now.recorder.state === 'recording') now.recorder.stop();
      end();
    },
  };
};

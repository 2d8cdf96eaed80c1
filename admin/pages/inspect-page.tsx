/** The inspector's frames of one conversation, here and, when asked, in Stately's own window. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useRoute } from 'preact-iso/router';
import { paths } from '../app/paths.ts';
import { toast } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import { Empty } from '../components/states.tsx';
import { intlTag, t } from '../i18n/i18n.ts';
import { secondOf } from '../lib/time.ts';
import { type InspectFrame, makeRelay, readFrame, STATELY_URL } from '../statechart/inspect-relay.ts';
import './inspect-page.css';
import { PageHead } from './page-head.tsx';

/** Of the server: nothing more will come. */
const UNKNOWN_CODES: ReadonlySet<number> = new Set([4401, 4404]);
const AGAIN_MS = 3000;

const useFrames = (id: string) => {
  const relay = useMemo(makeRelay, [id]);
  const [frames, setFrames] = useState<readonly InspectFrame[]>([]);
  const [off, setOff] = useState(false);
  useEffect(() => {
    let gone = false;
    let timer = 0;
    let socket: WebSocket | null = null;
    const connect = (): void => {
      const base = `${location.origin.replace(/^http/, 'ws')}/api/v1/inspect`;
      const opening = new WebSocket(`${base}?conversation=${encodeURIComponent(id)}`);
      let opened = false;
      socket = opening;
      opening.onopen = () => {
        opened = true;
      };
      opening.onmessage = (event: MessageEvent<unknown>) => {
        const frame = readFrame(String(event.data));
        if (frame === null) return;
        relay.add(frame);
        setFrames(relay.frames());
      };
      opening.onclose = ({ code }) => {
        if (gone) return;
        // Refused before it opened: the socket is not there at all.
        if (!opened || UNKNOWN_CODES.has(code)) setOff(true);
        else timer = window.setTimeout(connect, AGAIN_MS);
      };
    };
    connect();
    const onMessage = (event: MessageEvent<unknown>): void => relay.heard(event);
    window.addEventListener('message', onMessage);
    return () => {
      gone = true;
      clearTimeout(timer);
      socket?.close();
      window.removeEventListener('message', onMessage);
    };
  }, [relay]);
  return { relay, frames, off };
};

const save = (frames: readonly InspectFrame[]): void => {
  const lines = frames.map((frame) => JSON.stringify(frame)).join('\n');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([lines], { type: 'application/x-ndjson' }));
  link.download = 'frames.jsonl';
  link.click();
  URL.revokeObjectURL(link.href);
};

const Frame = ({ frame }: { frame: InspectFrame }) => (
  <li>
    <details>
      <summary>
        <time>{secondOf(new Date(Number(frame.createdAt)).toISOString(), intlTag())}</time>
        <code>{frame.type}</code>
        <b>{frame.event?.type}</b>
      </summary>
      <pre dir="ltr">{JSON.stringify({ ...frame, definition: undefined }, null, 2)}</pre>
    </details>
  </li>
);

export const InspectPage = () => {
  const { id = '' } = useRoute().params;
  const { relay, frames, off } = useFrames(id);
  const open = (): void => {
    const opened = window.open(STATELY_URL, 'xstateinspector');
    if (opened === null) {
      toast('bad', t('inspectBlocked'));
      return;
    }
    relay.opened(opened);
    toast('good', t('inspectOpened'));
  };
  return (
    <div class="page inspect-page">
      <PageHead title={t('inspectHead')} lead={t('inspectLead')}>
        <a class="button is-quiet" href={paths.conversation(id)}>
          {t('openConversation')}
        </a>
        <button type="button" class="button" disabled={frames.length === 0} onClick={() => save(frames)}>
          <Icon name="download" />
          {t('inspectSave')}
        </button>
        <button type="button" class="button is-primary" disabled={frames.length === 0} onClick={open}>
          {t('inspectOpen')}
        </button>
      </PageHead>
      <div role="status">
        {off ? <p class="quiet-note">{t('inspectOff')}</p> : null}
        {off || frames.length > 0 ? null : (
          <Empty icon="live" title={t('inspectNone')} lead={t('inspectNoneLead')} />
        )}
        {frames.length === 0 ? null : <p class="quiet-note">{t('inspectFrames', { n: frames.length })}</p>}
      </div>
      <ol class="frames">
        {frames.map((frame, index) => (
          <Frame key={`${frame.createdAt} ${frame.type} ${index}`} frame={frame} />
        ))}
      </ol>
    </div>
  );
};

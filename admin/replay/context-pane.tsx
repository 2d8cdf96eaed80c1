/** What the conversation remembered at the step of a replay, with what that step changed. */
import { useEffect, useState } from 'preact/hooks';
import { api, trouble } from '../app/services.ts';
import { ScrollRegion } from '../components/scroll-region.tsx';
import { Skeleton } from '../components/states.tsx';
import { useConversation } from '../conversation/context.ts';
import { t } from '../i18n/i18n.ts';
import { rowAt } from '../stores/moment.ts';

/** A slider that is being dragged asks once it rests. */
const REST_MS = 120;
/** Moments kept, so that stepping to and fro asks once (G10). */
const MAX_KEPT = 60;

type Memory = Readonly<Record<string, unknown>>;

const useMemory = (id: string, seq: number | null): Memory | null => {
  const [kept, setKept] = useState<ReadonlyMap<number, Memory>>(new Map());
  useEffect(() => {
    if (seq === null || kept.has(seq)) return;
    let gone = false;
    const timer = setTimeout(() => {
      api.conversations.snapshotAt(id, seq).then(({ context }) => {
        if (!gone) setKept((old) => new Map([...[...old].slice(1 - MAX_KEPT), [seq, context as Memory]]));
      }, trouble);
    }, REST_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [id, seq]);
  // Until it is here, the nearest before it is closer to the truth than an empty pane.
  const nearest = [...kept.keys()].filter((one) => seq !== null && one <= seq).sort((a, b) => b - a)[0];
  return nearest === undefined ? null : (kept.get(nearest) ?? null);
};

const shown = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value, null, 1) ?? '');

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

/** More than this does not fit beside the other values: it scrolls by itself, and the keyboard reaches it. */
const LONG_LINES = 8;
const LONG_CHARS = 250;

const Value = ({ name, text }: { name: string; text: string }) =>
  text.length <= LONG_CHARS && text.split('\n').length <= LONG_LINES ? (
    <pre dir="auto">{text}</pre>
  ) : (
    <ScrollRegion class="memory-value" label={name}>
      <pre dir="auto">{text}</pre>
    </ScrollRegion>
  );

const Area = ({ name, value, changed }: { name: string; value: unknown; changed: ReadonlySet<string> }) => {
  const fields = typeof value === 'object' && value !== null && !Array.isArray(value);
  const here = [...changed].some((path) => path === name || path.startsWith(`${name}/`));
  return (
    <details class={`memory-area ${here ? 'is-fresh' : ''}`} open={here}>
      <summary>
        {name}
        {here ? <em>{t('changed')}</em> : null}
      </summary>
      {fields ? (
        <dl>
          {Object.entries(value)
            .filter(([, one]) => !isEmpty(one))
            .map(([key, one]) => (
              <div
                key={key}
                class={[...changed].some((path) => path.startsWith(`${name}/${key}`)) ? 'is-fresh' : ''}
              >
                <dt>{key}</dt>
                <dd>
                  <Value name={key} text={shown(one)} />
                </dd>
              </div>
            ))}
        </dl>
      ) : (
        <Value name={name} text={shown(value)} />
      )}
    </details>
  );
};

export const ContextPane = () => {
  const id = useConversation((context) => context.id);
  const row = useConversation(rowAt);
  const memory = useMemory(id, row?.seq ?? null);
  const changed = new Set((row?.contextDiff ?? []).map(({ path }) => path.replace(/^\/context\//, '')));
  return (
    <ScrollRegion class="facts memory" label={t('memory')}>
      <header class="memory-head">
        <h3>{t('memory')}</h3>
        <p>{t('memoryLead', { seq: row?.seq ?? 0 })}</p>
      </header>
      {memory === null ? <Skeleton rows={8} kind="line" /> : null}
      {Object.entries(memory ?? {}).map(([name, value]) => (
        <Area key={name} name={name} value={value} changed={changed} />
      ))}
    </ScrollRegion>
  );
};

/** The conversations behind a number of the heat map; each opens. */
import { useEffect, useState } from 'preact/hooks';
import type { Summary } from '../api/types.ts';
import { paths } from '../app/paths.ts';
import { api, trouble } from '../app/services.ts';
import { plainText } from '../chat/whatsapp-text.ts';
import { Dialog } from '../components/dialog.tsx';
import { Skeleton } from '../components/states.tsx';
import { Since } from '../components/ticking.tsx';
import { say, t } from '../i18n/i18n.ts';

export type Behind =
  | { readonly kind: 'state'; readonly state: string; readonly title: string }
  /** Transitions by the ids that the heat gave them. */
  | { readonly kind: 'ways'; readonly ways: readonly number[]; readonly title: string };

const askFor = async (behind: Behind, days: number): Promise<readonly Summary[]> => {
  if (behind.kind === 'state') return (await api.charts.inState(behind.state)).items;
  return behind.ways.length === 0 ? [] : (await api.charts.behind('conversation', behind.ways, days)).items;
};

export const BehindPanel = ({
  behind,
  days,
  onClose,
}: {
  behind: Behind;
  days: number;
  onClose: () => void;
}) => {
  const [items, setItems] = useState<readonly Summary[] | null>(null);
  useEffect(() => {
    let gone = false;
    setItems(null);
    askFor(behind, days).then((found) => {
      if (!gone) setItems(found);
    }, trouble);
    return () => {
      gone = true;
    };
  }, [behind, days]);
  return (
    <Dialog title={behind.title} wide onClose={onClose}>
      {items === null ? <Skeleton rows={4} kind="line" /> : null}
      {items?.length === 0 ? <p class="quiet-note">{t('heatNobody')}</p> : null}
      <ul class="behind-list">
        {items?.map((item) => (
          <li key={item.id}>
            <a href={paths.conversation(item.id)}>
              <b dir="auto">{item.name ?? item.phone ?? item.id}</b>
              <span class="behind-state">{say(item.stateLabel)}</span>
              <Since at={item.updatedAt} />
              <span class="behind-text" dir="auto">
                {plainText(item.lastMessage?.text ?? '')}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </Dialog>
  );
};

/** One conversation in the list: everything a manager needs to decide whether to open it. */
import type { Summary } from '../api/types.ts';
import { paths } from '../app/paths.ts';
import { kindWords } from '../chat/media.tsx';
import { plainText } from '../chat/whatsapp-text.ts';
import { Avatar, LanguageTag, OwnerChip, StateChip } from '../components/chips.tsx';
import { Icon } from '../components/icon.tsx';
import { memo } from '../components/memo.ts';
import { Since, WindowLeft, Within } from '../components/ticking.tsx';
import { intlTag, say, t } from '../i18n/i18n.ts';
import { momentOf } from '../lib/time.ts';

/** Px; the stylesheet's `--row` says the same. */
export const ROW_HEIGHT = 64;

const FROM_ICONS = { bot: 'bot', manager: 'person', note: 'note' } as const;

const LastLine = ({ last }: { last: Summary['lastMessage'] }) => {
  if (last === null) return <span class="row-last" />;
  const words = last.text === '' ? t(kindWords(last.kind)) : plainText(last.text);
  return (
    <span class="row-last">
      {last.from === 'customer' ? null : <Icon name={FROM_ICONS[last.from]} />}
      <span class="row-last-text" dir="auto">
        {words}
      </span>
    </span>
  );
};

const Waiting = ({ item }: { item: Summary }) => {
  if (item.waitingSince === null) return <span class="row-waiting" />;
  return (
    <span class="row-waiting is-waiting">
      {item.unanswered > 0 ? (
        <span class="unanswered" title={t('unanswered', { n: item.unanswered })}>
          {item.unanswered}
        </span>
      ) : null}
      <Icon name="clock" />
      <Since at={item.waitingSince} />
    </span>
  );
};

/** What happens by itself next, and when: "First follow-up in 2 h". */
const NextTimer = ({ timer }: { timer: Summary['nextTimer'] }) => {
  if (timer === null) return <span class="row-timer" />;
  return (
    <span class="row-timer" title={`${say(timer.label)}, ${momentOf(timer.at, intlTag())}`}>
      <span class="row-timer-label" dir="auto">
        {say(timer.label)}
      </span>
      <Within at={timer.at} />
    </span>
  );
};

const Stood = ({ item }: { item: Summary }) => {
  if (item.paused)
    return (
      <span class="row-parked" title={item.parked ?? undefined}>
        <Icon name="parked" />
        {t('rowPaused')}
      </span>
    );
  if (item.parked === null) return null;
  return (
    <span class="row-parked" title={t('parkedWhy', { reason: item.parked })}>
      <Icon name="parked" />
      {t('parked')}
    </span>
  );
};

export interface ListRowProps {
  readonly item: Summary;
  readonly index: number;
  readonly count: number;
  readonly compact: boolean;
  /** The conversation that is open. */
  readonly open: boolean;
  /** Where j and k stand. */
  readonly marked: boolean;
}

const Row = ({ item, index, count, compact, open, marked }: ListRowProps) => {
  const name = item.name ?? item.phone ?? item.chatId;
  return (
    <li
      class={`row is-${item.owner} ${compact ? 'is-compact' : ''} ${marked ? 'is-marked' : ''}`}
      aria-setsize={count}
      aria-posinset={index + 1}
    >
      <a
        class="row-link"
        href={paths.conversation(item.id)}
        aria-current={open ? 'true' : undefined}
        data-id={item.id}
      >
        <Avatar name={item.name} id={item.id} owner={item.owner} />
        <span class="row-who">
          <span class="row-name">
            <bdi>{name}</bdi>
            <LanguageTag language={item.language} />
            <Stood item={item} />
          </span>
          <LastLine last={item.lastMessage} />
        </span>
        {compact ? null : <StateChip label={item.stateLabel} owner={item.owner} />}
        {compact ? null : <OwnerChip owner={item.owner} name={item.ownerName} />}
        <Waiting item={item} />
        {compact ? null : <WindowLeft closesAt={item.windowClosesAt} />}
        {compact ? null : <NextTimer timer={item.nextTimer} />}
      </a>
    </li>
  );
};

/** A live list renders ten times a second; of its rows only those whose conversation or place changed. */
export const ListRow = memo(Row);

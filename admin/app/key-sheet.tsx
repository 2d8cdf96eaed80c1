/** The list of keyboard shortcuts. */
import { Dialog } from '../components/dialog.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { t } from '../i18n/i18n.ts';
import { appStore } from './services.ts';

/** What the key beside the space bar is called here. */
const MOD = navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl';

const KEYS: readonly (readonly [keys: readonly string[], words: MessageKey])[] = [
  [['J'], 'keyNext'],
  [['K'], 'keyPrevious'],
  [['Enter'], 'keyOpen'],
  [['T'], 'keyTake'],
  [['B'], 'keyBack'],
  [['R'], 'keyReply'],
  [['N'], 'keyNote'],
  [['L'], 'keyLive'],
  [['M'], 'keyChart'],
  [['Y'], 'keyReplay'],
  [['[', ']'], 'keyReplayStep'],
  [['Shift', '[', ']'], 'keyReplayMessage'],
  [['P'], 'keyReplayPlay'],
  [['X'], 'keyReplayTrouble'],
  [['Shift', 'X'], 'keyReplayTroubleBack'],
  [['/'], 'keySearch'],
  [[MOD, 'K'], 'keyPalette'],
  [['?'], 'keySheet'],
  [['Esc'], 'keyEscape'],
];

interface Place {
  readonly key: string;
  readonly label: MessageKey;
}

const Row = ({ keys, words }: { keys: readonly string[]; words: string }) => (
  <div class="key-row">
    <dt>
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </dt>
    <dd>{words}</dd>
  </div>
);

export const KeySheet = ({ sections }: { sections: readonly Place[] }) => (
  <Dialog
    title={t('keysTitle')}
    lead={t('keysLead')}
    wide
    onClose={() => appStore.trigger.sheetShown({ sheet: null })}
  >
    <dl class="key-sheet">
      {KEYS.map(([keys, words]) => (
        <Row key={words} keys={keys} words={t(words)} />
      ))}
      {sections.map((section) => (
        <Row
          key={section.label}
          keys={['G', section.key.toUpperCase()]}
          words={t('keyGo', { place: t(section.label) })}
        />
      ))}
    </dl>
  </Dialog>
);

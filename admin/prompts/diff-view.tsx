/** Two versions of a text, one under the other: what went, what came. Words and marks, not colour alone. */
import { ScrollRegion } from '../components/scroll-region.tsx';
import { t } from '../i18n/i18n.ts';
import { diffLines } from '../lib/line-diff.ts';

const MARKS = { same: ' ', gone: '−', new: '+' } as const;

export const DiffView = ({ before, after }: { before: string; after: string }) => {
  const lines = diffLines(before, after);
  if (lines.every(({ kind }) => kind === 'same')) return <p class="quiet-note">{t('promptSame')}</p>;
  return (
    <ScrollRegion class="text-diff" label={t('promptDiff')}>
      {lines.map((line, index) => (
        <div key={index} class={`text-diff-line is-${line.kind}`} dir="auto">
          <span class="text-diff-mark">{MARKS[line.kind]}</span>
          {line.kind === 'gone' ? <del>{line.text}</del> : null}
          {line.kind === 'new' ? <ins>{line.text}</ins> : null}
          {line.kind === 'same' ? <span>{line.text}</span> : null}
        </div>
      ))}
    </ScrollRegion>
  );
};

/** A run by hand: what it would ask and cost is told first, then somebody decides (domain 6.14). */
import { useEffect, useState } from 'preact/hooks';
import type { Review, ReviewPreview } from '../api/types.ts';
import { api, messageOf, toast } from '../app/services.ts';
import { Dialog } from '../components/dialog.tsx';
import { Skeleton } from '../components/states.tsx';
import { t } from '../i18n/i18n.ts';
import { dollars } from './words.ts';

export interface RunDialogProps {
  readonly scope: Review['scope'];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

const Price = ({ preview }: { preview: ReviewPreview }) => (
  <>
    <p class="quality-price">
      <strong>{t('runReviews', { n: preview.reviews })}</strong>{' '}
      <span>{t('runCalls', { n: preview.calls, model: preview.model })}</span>
    </p>
    <dl class="quality-facts">
      <div>
        <dt>{t('likelyCost')}</dt>
        <dd>{preview.reviews === 0 ? '$0' : dollars(preview.likelyUsd)}</dd>
      </div>
      <div>
        <dt>{t('mostCost')}</dt>
        <dd>{dollars(preview.mostUsd)}</dd>
      </div>
      <div>
        <dt>{t('leftToday')}</dt>
        <dd>{dollars(preview.leftUsd)}</dd>
      </div>
    </dl>
  </>
);

export const RunDialog = ({ scope, onDone, onClose }: RunDialogProps) => {
  const [preview, setPreview] = useState<ReviewPreview | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    api.quality.preview(scope).then(setPreview, (error: unknown) => setProblem(messageOf(error)));
  }, [scope]);
  const run = async (): Promise<void> => {
    setBusy(true);
    try {
      const { asked } = await api.quality.run(scope);
      toast('good', t('runAsked', { n: asked }));
      onDone();
      onClose();
    } catch (error) {
      setProblem(messageOf(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('runTitle')} lead={t('runLead')} onClose={onClose}>
      {preview === null && problem === null ? <Skeleton rows={3} kind="line" /> : null}
      {preview === null ? null : <Price preview={preview} />}
      {problem === null ? null : (
        <p class="notice is-bad" role="alert">
          {problem}
        </p>
      )}
      <div class="dialog-actions">
        <button type="button" class="button" onClick={onClose}>
          {t('cancel')}
        </button>
        <button
          type="button"
          class="button is-primary"
          disabled={busy || preview === null || preview.reviews === 0}
          onClick={() => void run()}
        >
          {t('runNow')}
        </button>
      </div>
    </Dialog>
  );
};

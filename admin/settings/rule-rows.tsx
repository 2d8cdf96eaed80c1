/** What goes with what, as rows: the words of an article, what is offered beside it, in the order in which they are read. */
import { Icon } from '../components/icon.tsx';
import { t } from '../i18n/i18n.ts';
import { type DraftRule, faultsOf, MAX_RULES, movedUp, type RuleFault } from './rules.ts';

interface RowProps {
  readonly rule: DraftRule;
  /** From 1. */
  readonly place: number;
  readonly fault: RuleFault | null;
  readonly readOnly: boolean;
  readonly onRule: (rule: DraftRule) => void;
  readonly onUp: () => void;
  readonly onRemove: () => void;
}

const Row = ({ rule, place, fault, readOnly, onRule, onUp, onRemove }: RowProps) => (
  <li class="rule-row">
    <span class="rule-place">{place}</span>
    <input
      dir="auto"
      maxLength={80}
      aria-label={t('ruleFor', { n: place })}
      aria-invalid={fault === 'ruleForMissing' || fault === 'ruleTwice'}
      placeholder={t('ruleForHint')}
      readOnly={readOnly}
      value={rule.for}
      onInput={(event) => onRule({ ...rule, for: event.currentTarget.value })}
    />
    <Icon name="arrow" directed />
    <input
      dir="auto"
      maxLength={420}
      aria-label={t('ruleOffer', { n: place })}
      aria-invalid={fault === 'ruleOfferMissing' || fault === 'ruleOfferMany'}
      placeholder={t('ruleOfferHint')}
      readOnly={readOnly}
      value={rule.offer.join(',')}
      onInput={(event) => onRule({ ...rule, offer: event.currentTarget.value.split(',') })}
    />
    {readOnly ? null : (
      <span class="rule-acts">
        <button
          type="button"
          class="icon-button"
          disabled={place === 1}
          aria-label={t('ruleUp', { n: place })}
          title={t('ruleUp', { n: place })}
          onClick={onUp}
        >
          <Icon name="down" class="rule-up" />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={t('ruleRemove', { n: place })}
          title={t('ruleRemove', { n: place })}
          onClick={onRemove}
        >
          <Icon name="trash" />
        </button>
      </span>
    )}
    {fault === null ? null : <span class="field-issue">{t(fault)}</span>}
  </li>
);

export interface RuleRowsProps {
  readonly rules: readonly DraftRule[];
  readonly label: string;
  readonly readOnly: boolean;
  readonly onRules: (rules: readonly DraftRule[]) => void;
}

export const RuleRows = ({ rules, label, readOnly, onRules }: RuleRowsProps) => {
  const faults = faultsOf(rules);
  return (
    <fieldset class="rule-rows" aria-label={label}>
      <p class="quiet-note">{t('ruleLead')}</p>
      <ol>
        {rules.map((rule, at) => (
          <Row
            // Rows have no name of their own, and a changed one must keep the cursor.
            key={String(at)}
            rule={rule}
            place={at + 1}
            fault={faults[at] ?? null}
            readOnly={readOnly}
            onRule={(now) => onRules(rules.with(at, now))}
            onUp={() => onRules(movedUp(rules, at))}
            onRemove={() => onRules(rules.toSpliced(at, 1))}
          />
        ))}
      </ol>
      {readOnly ? null : (
        <button
          type="button"
          class="button is-quiet"
          disabled={rules.length >= MAX_RULES}
          onClick={() => onRules([...rules, { for: '', offer: [''] }])}
        >
          <Icon name="plus" />
          {t('ruleAdd')}
        </button>
      )}
    </fieldset>
  );
};

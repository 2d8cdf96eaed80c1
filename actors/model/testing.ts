/** For tests: books and alerts that are kept in memory. */
import { Effect, Layer } from 'effect';
import { Alerts } from '../conversation/alerts.ts';
import { BudgetSpent, type CallEnd, type CallIntent, ModelLedger } from './model-ledger.ts';

type RaisedAlert = Parameters<Alerts['Service']['raise']>[1];

export interface TestBooks {
  readonly intents: CallIntent[];
  readonly ends: CallEnd[];
  /** Alerts by id: a second one of the same id is the first. */
  readonly alerts: Map<string, RaisedAlert>;
  /** From now on there is no money. */
  readonly close: () => void;
  readonly layer: Layer.Layer<ModelLedger | Alerts>;
}

export const makeTestBooks = (): TestBooks => {
  const intents: CallIntent[] = [];
  const ends: CallEnd[] = [];
  const alerts = new Map<string, RaisedAlert>();
  let closed = false;
  const spent = (job: string) =>
    new BudgetSpent({
      message: 'The daily money is spent.',
      retryable: false,
      job,
      scope: 'job',
      day: '2026-03-01',
      usedUsd: '1',
      limitUsd: '1',
    });
  const ledger = Layer.succeed(ModelLedger, {
    reserve: (intent) =>
      Effect.suspend(() => {
        if (closed) return Effect.fail(spent(intent.job));
        intents.push(intent);
        return Effect.succeed({ conversationId: intent.conversationId ?? '', callId: intent.commandId });
      }),
    settle: (_, end) => Effect.sync(() => void ends.push(end)),
  });
  const told = Layer.succeed(Alerts, {
    raise: (id, alert) => Effect.sync(() => void (alerts.has(id) || alerts.set(id, alert))),
    close: () => Effect.void,
  });
  return {
    intents,
    ends,
    alerts,
    close: () => {
      closed = true;
    },
    layer: Layer.merge(ledger, told),
  };
};

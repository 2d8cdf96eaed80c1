/** What steps set off, fetched when somebody looks, and again while something of it is still under way. */
import { useEffect, useState } from 'preact/hooks';
import type { Effects } from '../api/types.ts';
import { api, trouble } from '../app/services.ts';
import { useConversation } from '../conversation/context.ts';

const isUnderWay = (effects: Effects | null): boolean =>
  effects === null || effects.commands.some(({ status }) => status === 'pending' || status === 'running');

/** Null until it is here. */
export const useEffects = (from: number, to: number): Effects | null => {
  const id = useConversation((context) => context.id);
  const head = useConversation((context) => context.rows.at(-1)?.seq ?? 0);
  const [effects, setEffects] = useState<Effects | null>(null);
  const wanted = isUnderWay(effects) ? head : 0;
  useEffect(() => {
    if (!isUnderWay(effects)) return;
    let gone = false;
    api.charts.effects(id, from, to).then((found) => {
      if (!gone) setEffects(found);
    }, trouble);
    return () => {
      gone = true;
    };
  }, [id, from, to, wanted]);
  return effects;
};

/** Who hears of commits. A listener that throws is reported and hurts nobody else. */
import type { Context } from './context.ts';
import { faultOf } from './errors.ts';

export interface Hub<T> {
  readonly add: (listener: (value: T) => void) => () => void;
  readonly tell: (value: T) => void;
}

export const makeHub = <T>(context: Pick<Context, 'log'>, name: string): Hub<T> => {
  const listeners = new Set<(value: T) => void>();
  return {
    add: (listener) => {
      const own = (value: T): void => listener(value);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    tell: (value) => {
      for (const listener of [...listeners]) {
        try {
          listener(value);
        } catch (error) {
          context.log.error({ listener: name, error: faultOf(error) }, 'a listener failed');
        }
      }
    },
  };
};

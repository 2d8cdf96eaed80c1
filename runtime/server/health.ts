/** `GET /api/v1/health`: 200 only when what is required answers (domain 25.6). Asked at most once a second. */
import type { ComponentHealth, HealthContributor } from '../api/deps.ts';
import type { HealthView } from '../api/schemas.ts';
import type { Clock, Log } from '../engine/types.ts';

/** A part that does not answer within this is down. */
const CHECK_TIMEOUT_MS = 2000;
/** Strangers may ask; the parts are asked once for all of them. */
const CACHE_MS = 1000;

export interface HealthDeps {
  readonly contributors: readonly HealthContributor[];
  readonly version: string;
  readonly clock: Clock;
  readonly log: Log;
}

export const makeHealth = (deps: HealthDeps): (() => Promise<HealthView>) => {
  let asked: { readonly at: number; readonly answer: Promise<HealthView> } | null = null;

  const checkOne = async (part: HealthContributor): Promise<ComponentHealth> => {
    let timer: NodeJS.Timeout | undefined;
    const tooSlow = new Promise<ComponentHealth>((resolve) => {
      timer = setTimeout(
        () => resolve({ status: 'down', detail: { reason: 'no answer in time' } }),
        CHECK_TIMEOUT_MS,
      );
    });
    try {
      return await Promise.race([part.check(), tooSlow]);
    } catch (error) {
      deps.log.warn(
        { component: part.name, error: error instanceof Error ? error.name : typeof error },
        'health',
      );
      return { status: 'down', detail: { reason: error instanceof Error ? error.name : 'failed' } };
    } finally {
      clearTimeout(timer);
    }
  };

  const check = async (): Promise<HealthView> => {
    const parts = await Promise.all(
      deps.contributors.map(async (part) => ({ part, health: await checkOne(part) })),
    );
    const down = parts.some(({ part, health }) => part.required && health.status === 'down');
    const components = Object.fromEntries(parts.map(({ part, health }) => [part.name, health]));
    return { status: down ? 'degraded' : 'ok', version: deps.version, components };
  };

  return () => {
    const now = deps.clock.now();
    if (asked === null || now - asked.at >= CACHE_MS) asked = { at: now, answer: check() };
    return asked.answer;
  };
};

/** Who judges, and how much of it (domain 6.14). The runtime reads it from the environment and the settings document. */
import { Context, type Effect } from 'effect';
import type { ReviewScope } from '../../machines/review/review-id.ts';
import type { DatabaseError } from '../catalog/database.ts';

export interface ScopePolicy {
  /** Another vendor's than the writer's by default (domain 1.8). */
  readonly model: string;
  /** Plain decimal US dollars in a business day, beside the day's money of all reviews. */
  readonly dayUsd: string;
  /** The same of all reviews together. */
  readonly allUsd: string;
  readonly callsPerDay: number;
  readonly callsPerRun: number;
  /** When the business day began, ms since the epoch. */
  readonly dayBeganAt: number;
  /** False: no words of customers may go to a model at all. */
  readonly showsTranscripts: boolean;
  /** The shop's group is told of results. */
  readonly announces: boolean;
}

export class JudgeSettings extends Context.Service<
  JudgeSettings,
  {
    readonly policy: (scope: ReviewScope) => Effect.Effect<ScopePolicy, DatabaseError>;
  }
>()('treejar/actors/JudgeSettings') {}

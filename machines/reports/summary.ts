/** A report in a few lines, for the managers' group (domain 23.1). It holds no customer: only sums. Pure. */
import type { ReportContent } from './content.ts';
import { reportSheet, type SheetOptions } from './sheet.ts';

export interface ReportSummary {
  readonly title: string;
  readonly period: string;
  readonly lines: readonly { readonly label: string; readonly value: string }[];
  /** Reasons of hand-overs, most first. */
  readonly reasons: readonly { readonly label: string; readonly value: string }[];
}

/** Sections of the sheet by their place (`SECTIONS`). */
const PEOPLE = 3;
const SELLER = 1;
const REASONS_MAX = 3;

export const reportSummary = (content: ReportContent, options: SheetOptions): ReportSummary => {
  const sheet = reportSheet(content, options);
  const [people, seller] = [sheet.sections[PEOPLE], sheet.sections[SELLER]];
  const more = [...(people?.rows.slice(0, 1) ?? []), ...(seller?.rows.slice(-2) ?? [])];
  return {
    title: sheet.title,
    period: sheet.period,
    lines: [...sheet.tiles, ...more].map(({ label, value }) => ({ label, value })),
    reasons: people?.bars[0]?.bars.slice(0, REASONS_MAX).map(({ label, value }) => ({ label, value })) ?? [],
  };
};

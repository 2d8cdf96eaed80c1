/** Settings, prompts and the past, as the turn was told of them. */

export interface PromptSection {
  readonly section: string;
  readonly version: number;
  readonly body: string;
}

/** Business settings and prompts as they were when the turn was understood: activated versions apply at once. */
export interface Briefing {
  readonly assistantName: string;
  readonly companyName: string;
  readonly botEnabled: boolean;
  /** Raw messages shown to the model (domain 3.11, contract 3.5). */
  readonly maxContextMessages: number;
  readonly sections: readonly PromptSection[];
  /** What earlier conversations with this customer were about, newest first. Absent in snapshots of before. */
  readonly earlier?: readonly { readonly day: string; readonly summary: string }[];
}

/** Domain 0.2: the assistant's public name and the company, until the first briefing brings the settings. */
export const DEFAULT_BRIEFING: Briefing = {
  assistantName: 'Noor',
  companyName: 'Treejar',
  botEnabled: true,
  maxContextMessages: 5,
  sections: [],
};

export interface BriefingArea {
  readonly briefing: Briefing;
}

export const INITIAL_BRIEFING: BriefingArea = { briefing: DEFAULT_BRIEFING };

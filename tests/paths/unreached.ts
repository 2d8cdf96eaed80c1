/**
 * Transitions that no path takes, each with the reason. The walk's test fails when one is missing here, and when one
 * that stands here is taken after all.
 */
export const UNREACHED: Readonly<Record<string, string>> = {};

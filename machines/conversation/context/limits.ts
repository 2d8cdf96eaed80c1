/** How much a conversation remembers and how much a turn may do. */

/** Bounds of the remembered lists (G10). */
export const LIMITS = {
  dialogueLines: 40,
  pendingMessages: 50,
  outboundMessages: 30,
  seenIds: 200,
  evidenceProducts: 40,
  evidenceArticles: 12,
  /** Design 6: model calls 4 a turn, tool calls 8, one repair. */
  modelCallsPerTurn: 4,
  toolCallsPerTurn: 8,
  repairsPerTurn: 1,
  /** domain 12.13: min(6, max(2, 2 × families)); a turn of one family may search this often. */
  searchesPerTurn: 4,
  /** Turns of the customer that an open question about the order survives (lesson F-02: at least two). */
  questionTurns: 3,
  /** Quotations of earlier orders that are remembered. */
  pastQuotes: 10,
} as const;

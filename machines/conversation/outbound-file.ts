/** A file of ours for a customer. It is kept by its path; a link is signed when it is sent or shown (domain 4.8). */

export interface OutboundFile {
  /** Below the media folder, `/` between names: what the signer of links takes. */
  readonly path: string;
  /** What the customer sees: `Quotation-SO-00042-R1.pdf`. */
  readonly name: string;
  readonly kind: 'document' | 'image';
}

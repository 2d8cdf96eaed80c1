/** What the double's methods throw to answer like Telegram refuses. */
export class Refusal extends Error {
  readonly code: number;
  readonly description: string;
  constructor(code: number, description: string) {
    super(description);
    this.code = code;
    this.description = description;
  }
}
export const bad = (description: string) => new Refusal(400, `Bad Request: ${description}`);

/** The vendor's way of saying no, and reading what it was sent. */
import type { DoubleRequest, DoubleResponse } from '../double/double-server.ts';

/** An error in the vendor's shape (wire/01 §4). */
export const failure = (status: number, error: string, data?: object): DoubleResponse => ({
  status,
  body: { status, requestId: 'sandbox', error, description: `sandbox: ${error}`, ...(data ? { data } : {}) },
});

/** The body as JSON, or undefined when it is none. */
export const jsonOf = (request: DoubleRequest): unknown => {
  try {
    return request.json();
  } catch {
    return undefined;
  }
};

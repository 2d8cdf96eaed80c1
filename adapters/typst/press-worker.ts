/** The worker's side of the press: one quotation at a time, away from the thread that serves customers. */
import { parentPort } from 'node:worker_threads';
import { makePress, type PressJob, type Printed } from './compiler.ts';

export interface PressRequest {
  readonly id: number;
  readonly job: PressJob;
}

export type PressReply =
  | { readonly id: number; readonly printed: Printed }
  | { readonly id: number; readonly fault: string };

const press = makePress();

const answer = ({ id, job }: PressRequest): PressReply => {
  try {
    return { id, printed: press.print(job) };
  } catch (error) {
    return { id, fault: error instanceof Error ? error.message : String(error) };
  }
};

parentPort?.on('message', (request: PressRequest) => {
  parentPort?.postMessage(answer(request));
});

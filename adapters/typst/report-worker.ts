/** Sets one report and ends: reports are rare, and a thread of their own keeps customers from waiting for them. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Sheet, setReport } from './report-compiler.ts';

export type ReportReply = { readonly pdf: Uint8Array; readonly pages: number } | { readonly fault: string };

const reply = (): ReportReply => {
  try {
    return setReport(workerData as Sheet);
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
};

parentPort?.postMessage(reply());

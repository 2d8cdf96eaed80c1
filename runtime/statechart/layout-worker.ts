/** A thread that lays one machine out and ends: a second of CPU must not stand in the way of customers' messages. */
import { parentPort, workerData } from 'node:worker_threads';
import { layoutView } from './layout-view.ts';
import { shippedMachine } from './shipped-machines.ts';

const { machine, version } = shippedMachine(String(workerData)) ?? {};
if (machine === undefined || version === undefined || parentPort === null) {
  throw new Error('layout-worker.ts is started by charts-api.ts with the id of a shipped machine');
}
parentPort.postMessage(await layoutView(machine, version));

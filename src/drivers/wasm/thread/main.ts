import { setPriority } from 'node:os';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { DaemonPort } from './daemon-port.ts';
import { LoadedPrograms } from './loaded-programs.ts';
import type { CallMessage, ThreadData } from './messages.ts';

/** The whole life of a thread of the sandbox: one call at a time, until the daemon ends it. */

const LOWER = 10;

/** Programs give way to the gateway. On Linux a priority is a thread's own; elsewhere it would be the daemon's. */
function lowerPriority(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(LOWER);
  } catch (error) {
    // Some containers forbid even to be nicer; programs run all the same.
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

if (parentPort === null) throw new Error('this file is run by the sandbox, in a thread');
lowerPriority();
const calls = parentPort;
const daemon = new DaemonPort(workerData as ThreadData);
const programs = new LoadedPrograms(daemon);
calls.on('message', (call: CallMessage) => {
  programs.run(call);
  // Calls that were sent ahead, without an event for each.
  for (;;) {
    const received = receiveMessageOnPort(calls) as { readonly message: CallMessage } | undefined;
    if (received === undefined) return;
    programs.run(received.message);
  }
});
daemon.post({ type: 'ready' });

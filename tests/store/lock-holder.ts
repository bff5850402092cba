import { acquireStateLock } from '../../src/store/state-lock.ts';

/** Takes the lock of a state directory and holds it until it is killed. */
const [stateDir = ''] = process.argv.slice(2);
acquireStateLock(stateDir, process.pid);
console.log('held');
setInterval(() => undefined, 60_000);

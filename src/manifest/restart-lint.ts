import { isJsonObject, type JsonObject } from '../shared/json.ts';
import { DEFAULT_RESTART } from './defaults.ts';
import type { Finding } from './finding.ts';
import type { Locator } from './locate.ts';

const BASE_SECONDS = 1;
const CAP_SECONDS = 300;

/**
 * Warns where the growing back-off keeps the failures so far apart that they never fill the window (reconcile-behaviour §5, the cancel trap).
 * Remote services are never put in quarantine.
 */
export function restartFindings(raw: JsonObject, locator: Locator): Finding[] {
  const spec = raw.spec;
  if (!isJsonObject(spec) || !isJsonObject(spec.restartPolicy) || !isJsonObject(spec.origin)) return [];
  const { mode, maxRestarts, windowSeconds } = {
    ...DEFAULT_RESTART,
    ...(spec.restartPolicy as Partial<typeof DEFAULT_RESTART>),
  };
  if (spec.origin.type === 'remote_mcp' || mode === 'never') return [];
  const seconds = secondsUntilFailure(maxRestarts);
  if (seconds <= windowSeconds) return [];
  const message =
    `this policy can never quarantine a crashing service: with back-off from ${String(BASE_SECONDS)} s, doubling up to ${String(CAP_SECONDS)} s, ` +
    `failure ${String(maxRestarts)} comes ${String(seconds)} s after the first, and windowSeconds is ${String(windowSeconds)}`;
  const help = `Lower maxRestarts, or raise windowSeconds to at least ${String(seconds)}.`;
  return [
    { severity: 'warning', code: 'NeverQuarantines', message, help, range: locator.key(['spec', 'restartPolicy']) },
  ];
}

/** Seconds of back-off between the first failure and failure `count`: the sum of the delays between them, runs that end at once. */
function secondsUntilFailure(count: number): number {
  const delays = Math.max(0, count - 1);
  const doubling = Math.ceil(Math.log2(CAP_SECONDS / BASE_SECONDS));
  const grown = BASE_SECONDS * (2 ** Math.min(delays, doubling) - 1);
  return grown + Math.max(0, delays - doubling) * CAP_SECONDS;
}

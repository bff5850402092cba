/** When a circuit breaker opens (original contract §7, CLARITY_TOOL_CIRCUIT_*). */
export interface CircuitSettings {
  /** Calls that ended longer ago do not count; CLARITY_TOOL_CIRCUIT_WINDOW_SECONDS, 60. */
  readonly windowMs: number;
  /** With fewer calls in the window it stays closed; CLARITY_TOOL_CIRCUIT_MIN_CALLS, 8. */
  readonly minCalls: number;
  /** The share of failed calls, from 0 to 1, from which on it opens; CLARITY_TOOL_CIRCUIT_ERROR_RATE, 0.6. */
  readonly errorRate: number;
}

export const CIRCUIT_SETTINGS: CircuitSettings = { windowMs: 60_000, minCalls: 8, errorRate: 0.6 };

/** The variables of a process, or of a test. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A copy of this process's environment: the one place that reads it (architecture, law 4). */
export function readEnvironment(): Environment {
  return { ...process.env };
}

/** The face of the room. */
export type { RuntimeConfig } from './config.ts';
export { readEnvironment, type Environment } from './environment.ts';
export { parseClientEnv, type ClientSettings } from './parse-client-env.ts';
export { parseDaemonArgs, type DaemonCommand } from './parse-daemon-args.ts';
export { VARIABLES, type Variable } from './variables.ts';

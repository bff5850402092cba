/** The face of the room. */
export { ApiClient, type CallOptions, type FollowOptions } from './client.ts';
export { ApiError, NoDaemonError } from './errors.ts';
export { readSse, type ServerEvent } from './read-sse.ts';
export type { ClientOptions } from './transport.ts';

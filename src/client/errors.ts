import type { Json } from '../shared/json.ts';

/** The daemon answered, and the answer is no success. The message is the answer's `error`. */
export class ApiError extends Error {
  readonly status: number;
  /** Of the error catalogue; `Internal` where the answer was none of ours. */
  readonly code: string;
  readonly details: readonly Json[];
  /** The change to make by hand, of a Conflict. */
  readonly patch: string | undefined;

  constructor(status: number, body: { error: string; code: string; details: readonly Json[]; patch?: string }) {
    super(body.error);
    this.name = 'ApiError';
    this.status = status;
    this.code = body.code;
    this.details = body.details;
    this.patch = body.patch;
  }
}

/** Nobody answers at the url: no daemon, another port, or it went away. */
export class NoDaemonError extends Error {
  readonly url: string;

  constructor(url: string, cause: unknown) {
    super(`no daemon answers at ${url}`, { cause });
    this.name = 'NoDaemonError';
    this.url = url;
  }
}

/** What one gateway holds at most (mcp-gateway §7, issue "The gateway"). */
export interface GatewayLimits {
  /** Of one POST; more is 413. */
  readonly bodyBytes: number;
  /** Nesting of arrays and objects in a body. */
  readonly jsonDepth: number;
  /** Messages in one batch (2025-03-26 only). */
  readonly batchMessages: number;
  readonly sessions: number;
  readonly sessionsPerPrincipal: number;
  /** A session without a stream, a call or a request for this long is ended. */
  readonly sessionIdleMs: number;
  /** Where all places are taken, a session that nobody used for this long gives its place up: clients often leave without a word. */
  readonly sessionSpareMs: number;
  /** Calls in flight of one session. */
  readonly callsPerSession: number;
  /** Resources that sessions are subscribed to, in all and of one. */
  readonly subscriptions: number;
  readonly subscriptionsPerSession: number;
  /** Tasks of services that are remembered, in all and of one principal. */
  readonly tasks: number;
  readonly tasksPerPrincipal: number;
  /** A task of which nothing was heard for this long, or for its own time to live where that is shorter, is forgotten. */
  readonly taskIdleMs: number;
  /** Requests for the results of tasks that wait at one service; they hold none of the places of its calls. */
  readonly taskWaitsPerService: number;
  /** One of them waits so long. */
  readonly taskWaitMs: number;
  /** Requests of servers that one client has not answered yet. */
  readonly asksPerSession: number;
  /** A client, and the person before it, has so long to answer one. */
  readonly askMs: number;
  /** Rows of one list page. */
  readonly pageRows: number;
  /** JSON characters of one list page; a page holds at least one row. */
  readonly pageChars: number;
  /** Connections that read streams of one session; more are 429. */
  readonly streamsPerSession: number;
  /** Messages of streams that one session keeps for readers that are behind or come back; a reader further behind than three quarters of that is dropped. */
  readonly sessionEvents: number;
  /** Of those, characters of JSON and 128 for each; one message may be longer. */
  readonly sessionEventBytes: number;
  /** What all sessions keep together, counted alike; the session that keeps most forgets first. */
  readonly eventBytes: number;
  /** A message is kept for so long. */
  readonly eventTtlMs: number;
  /** What a client is told to wait before it comes back for a stream that broke off. */
  readonly retryMs: number;
  /** Between two comments on a quiet stream. */
  readonly keepAliveMs: number;
  /** A client of /sse has so long to send its first message. */
  readonly sseOpeningMs: number;
  /** A POST that is not answered by then becomes a stream, so that proxies keep it open. */
  readonly streamAfterMs: number;
  /** Changes within this time are told as one list_changed. */
  readonly listChangedMs: number;
  /** Requests in flight have so long to end by themselves when the gateway closes (surfaces.md, SIGTERM). */
  readonly drainMs: number;
  /** A call that may be repeated waits so long for the instance that takes the place of one that went away. */
  readonly recoveryMs: number;
}

export const GATEWAY_LIMITS: GatewayLimits = {
  bodyBytes: 16 * 1024 * 1024,
  jsonDepth: 128,
  batchMessages: 100,
  sessions: 2000,
  sessionsPerPrincipal: 1000,
  sessionIdleMs: 60 * 60_000,
  sessionSpareMs: 60_000,
  callsPerSession: 256,
  subscriptions: 20_000,
  subscriptionsPerSession: 1000,
  tasks: 10_000,
  tasksPerPrincipal: 1000,
  taskIdleMs: 24 * 60 * 60_000,
  taskWaitsPerService: 256,
  taskWaitMs: 60 * 60_000,
  asksPerSession: 64,
  askMs: 10 * 60_000,
  pageRows: 500,
  pageChars: 1024 * 1024,
  streamsPerSession: 256,
  sessionEvents: 4096,
  sessionEventBytes: 4 * 1024 * 1024,
  eventBytes: 64 * 1024 * 1024,
  eventTtlMs: 5 * 60_000,
  retryMs: 1000,
  keepAliveMs: 25_000,
  sseOpeningMs: 30_000,
  streamAfterMs: 10_000,
  listChangedMs: 200,
  drainMs: 10_000,
  recoveryMs: 5000,
};

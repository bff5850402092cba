/** A family of the exposition. */
interface Family {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly labels: readonly string[];
  /** One sentence: HELP of the exposition, and the reference. */
  readonly help: string;
  /** Upper bounds of a histogram, in seconds. */
  readonly buckets?: readonly number[];
}

/** Of the daemon's own work: milliseconds are all that its clock tells. */
const WAITS = [0.001, 0.01, 0.1, 1, 10, 100, 1000] as const;

/** controller-runtime's, without every other one. */
const LOOKS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] as const;

/** Each is a line for every service: as few as tell a quick tool from a slow one. */
const CALLS = [0.005, 0.025, 0.1, 0.5, 2.5, 10] as const;

/**
 * Every metric of GET /metrics: controller-runtime's and client-go's names with the prefix clarity_ (reconcile-behaviour §4), those of sources
 * and services, and the usual ones of a process. docs/reference/metrics.md is generated from this table.
 */
export const METRICS = {
  clarity_build_info: { type: 'gauge', labels: ['version'], help: 'Always 1; the version of the daemon.' },

  clarity_workqueue_depth: { type: 'gauge', labels: [], help: 'Services that wait for a worker.' },
  clarity_workqueue_adds_total: { type: 'counter', labels: [], help: 'Times that a service began to wait.' },
  clarity_workqueue_queue_duration_seconds: {
    type: 'histogram',
    labels: [],
    help: 'How long a service waited for a worker.',
    buckets: WAITS,
  },
  clarity_workqueue_work_duration_seconds: {
    type: 'histogram',
    labels: [],
    help: 'How long a worker had a service.',
    buckets: WAITS,
  },
  clarity_workqueue_unfinished_work_seconds: {
    type: 'gauge',
    labels: [],
    help: 'The sum of the times for which workers have had the services that they have now; one that grows is a worker that is stuck.',
  },
  clarity_workqueue_longest_running_processor_seconds: {
    type: 'gauge',
    labels: [],
    help: 'The longest of these times.',
  },
  clarity_workqueue_retries_total: {
    type: 'counter',
    labels: [],
    help: 'Failures after which a service is tried again by itself.',
  },

  clarity_reconcile_total: {
    type: 'counter',
    labels: ['result'],
    help: 'Looks at services by how they ended: success (nothing to do), requeue (actions run), requeue_after (waits for a time) or error; and actions that failed, as error.',
  },
  clarity_reconcile_errors_total: {
    type: 'counter',
    labels: [],
    help: 'Looks that threw or found a service Stalled, and actions that failed.',
  },
  clarity_terminal_reconcile_errors_total: {
    type: 'counter',
    labels: [],
    help: 'Looks that found a service Stalled: a person is needed.',
  },
  clarity_reconcile_time_seconds: {
    type: 'histogram',
    labels: [],
    help: 'How long a look took; the actions that it handed over are not in it.',
    buckets: LOOKS,
  },
  clarity_reconcile_timeouts_total: {
    type: 'counter',
    labels: [],
    help: 'Actions that took longer than spec.reconcile.timeout.',
  },
  clarity_max_concurrent_reconciles: { type: 'gauge', labels: [], help: 'Workers.' },
  clarity_active_workers: { type: 'gauge', labels: [], help: 'Workers that have a service.' },

  clarity_source_last_success_timestamp_seconds: {
    type: 'gauge',
    labels: ['source'],
    help: 'When the source was last read completely, whether or not anything had changed.',
  },
  clarity_source_last_reload_successful: {
    type: 'gauge',
    labels: ['source'],
    help: '1 where the last look at the source read it completely, else 0.',
  },
  clarity_watch_missed_total: {
    type: 'counter',
    labels: ['source'],
    help: 'Changes that a rescan found and the watcher had not told of.',
  },
  clarity_manifest_errors: {
    type: 'gauge',
    labels: ['source'],
    help: 'Errors in the files of the source as they are now.',
  },

  clarity_service_ready: { type: 'gauge', labels: ['service'], help: '1 where the service is Ready, else 0.' },
  clarity_service_restarts_total: {
    type: 'counter',
    labels: ['service'],
    help: 'Restarts, automatic or asked for, since the service was first seen: over restarts of the daemon too.',
  },
  clarity_service_info: {
    type: 'gauge',
    labels: ['service', 'origin', 'lifecycle', 'health_status', 'sync_status'],
    help: 'Always 1; the kind of the service and its state, in the words of its status.',
  },

  clarity_tool_calls_total: {
    type: 'counter',
    labels: ['service', 'outcome'],
    help: 'Calls of tools by what became of them: success, tool_error (a result with isError), error (another JSON-RPC error), timeout, unavailable, overloaded or cancelled.',
  },
  clarity_tool_call_duration_seconds: {
    type: 'histogram',
    labels: ['service'],
    help: 'How long calls of tools took, whatever became of them.',
    buckets: CALLS,
  },

  clarity_circuit_state: {
    type: 'gauge',
    labels: ['service', 'state'],
    help: '1 for the state (open or half_open) of the circuit breaker of the service, 0 for the other; both are 0 while it is closed. Only of services that have been called.',
  },
  clarity_gateway_sessions: { type: 'gauge', labels: [], help: 'Sessions of MCP clients.' },
  clarity_gateway_streams: { type: 'gauge', labels: [], help: 'Open streams of MCP clients.' },
  clarity_gateway_requests_in_flight: {
    type: 'gauge',
    labels: [],
    help: 'Requests of MCP clients that are not answered yet.',
  },

  process_cpu_user_seconds_total: { type: 'counter', labels: [], help: 'CPU time spent in user mode.' },
  process_cpu_system_seconds_total: { type: 'counter', labels: [], help: 'CPU time spent in the kernel.' },
  process_cpu_seconds_total: { type: 'counter', labels: [], help: 'CPU time spent, both together.' },
  process_start_time_seconds: { type: 'gauge', labels: [], help: 'When the process began, since the epoch.' },
  process_resident_memory_bytes: { type: 'gauge', labels: [], help: 'Resident memory.' },
  process_open_fds: { type: 'gauge', labels: [], help: 'Open file descriptors; on Linux only.' },
  process_max_fds: { type: 'gauge', labels: [], help: 'The limit of open file descriptors; on Linux only.' },
  nodejs_eventloop_lag_seconds: {
    type: 'gauge',
    labels: [],
    help: 'How late the event loop came to a callback that was due at the scrape.',
  },
  nodejs_active_resources: {
    type: 'gauge',
    labels: ['type'],
    help: 'Resources that keep the event loop alive, by type.',
  },
  nodejs_active_resources_total: { type: 'gauge', labels: [], help: 'The same, all together.' },
  nodejs_heap_size_total_bytes: { type: 'gauge', labels: [], help: 'The heap of the main thread.' },
  nodejs_heap_size_used_bytes: { type: 'gauge', labels: [], help: 'What is in use of it.' },
  nodejs_external_memory_bytes: {
    type: 'gauge',
    labels: [],
    help: 'Memory of buffers and other objects outside of it.',
  },
  nodejs_version_info: {
    type: 'gauge',
    labels: ['version', 'major', 'minor', 'patch'],
    help: 'Always 1; the version of Node.js.',
  },
} as const satisfies Record<string, Family>;

export type MetricName = keyof typeof METRICS;

/** The names of the metrics of a type. */
export type NamesOf<T extends Family['type']> = {
  [N in MetricName]: (typeof METRICS)[N]['type'] extends T ? N : never;
}[MetricName];

/**
 * Every reason that a condition, an event or a plan may carry: what it means and what a person can do.
 * docs/reference/conditions.md is generated from this table.
 */
export const REASONS = {
  Serving: { meaning: 'The server runs, answered initialize and its interface is served.', todo: 'Nothing.' },
  Applied: { meaning: 'The manifest on disk is the one that is in force.', todo: 'Nothing.' },
  Progressing: {
    meaning: 'An action runs; the message says which.',
    todo: 'Wait, or `clarityctl wait NAME --for=ready`.',
  },
  Pending: { meaning: 'The manifest has been read and its first action is about to begin.', todo: 'Wait.' },
  NewGeneration: {
    meaning: 'The manifest changed in a way that replaces the running instance.',
    todo: 'Nothing: it is being replaced.',
  },
  NotRunning: { meaning: 'It should run and does not.', todo: 'Nothing: it is being started.' },
  Restart: {
    meaning: 'The server ended by itself and is started again.',
    todo: 'See its exit in `clarityctl describe NAME`.',
  },
  Introspecting: { meaning: 'Its tools, resources and prompts are being read.', todo: 'Wait.' },
  ListChanged: { meaning: 'The server said that its lists changed, or somebody asked to read them.', todo: 'Nothing.' },
  InterfaceChanged: {
    meaning: 'It advertises other tools, prompts or resources than before; the event says which.',
    todo: 'Nothing, or look at who calls what is gone or was changed in a breaking way.',
  },
  Probing: { meaning: 'Its health is being checked.', todo: 'Nothing.' },
  Stopped: { meaning: 'spec.enabled is false: stopped and not served.', todo: '`clarityctl start NAME`.' },
  NotStarted: { meaning: 'spec.autostart is false: registered, not started.', todo: '`clarityctl start NAME`.' },
  Suspended: {
    meaning: 'spec.suspend is true: the daemon leaves it exactly as it is.',
    todo: '`clarityctl resume NAME`.',
  },
  Idle: {
    meaning: 'Nobody has called it for spec.activation.idleSeconds: it sleeps, and its tools stay listed.',
    todo: 'Nothing: the next call starts it.',
  },
  DependencyNotReady: {
    meaning: 'A service of spec.dependsOn is not Ready.',
    todo: 'See `clarityctl describe` of the service that the message names; it is started as soon as that one is Ready.',
  },
  DependencyCycle: {
    meaning: 'Services depend on each other in a circle; none of them is started.',
    todo: 'Take one of the dependsOn of the path out.',
  },
  RolledBack: {
    meaning: 'The newest generation does not get ready; the instance of before keeps serving.',
    todo: 'Mend the cause that the message names, or `clarityctl rollout undo NAME`.',
  },
  Drifted: {
    meaning: 'What runs is no longer what the manifest gives, and spec.drift is Report: it is left as it is.',
    todo: '`clarityctl restart NAME`, or set spec.drift to Heal.',
  },
  CircuitOpen: {
    meaning: 'Too many of its calls failed: for ten seconds calls are refused at once, then one is let through.',
    todo: 'Read its logs; the circuit closes by itself when a call succeeds.',
  },
  Deleted: { meaning: 'Its document is gone.', todo: 'Nothing: it is being stopped.' },
  Superseded: { meaning: 'A leftover instance of an earlier generation.', todo: 'Nothing: it is being stopped.' },
  CrashLoopBackOff: {
    meaning: 'It ended or failed to start, and waits before the next attempt.',
    todo: 'Read the exit and the stderr tail in `clarityctl describe NAME`; a changed manifest is tried at once.',
  },
  CrashLoop: {
    meaning: 'It failed maxRestarts times within windowSeconds and is quarantined.',
    todo: 'Mend the cause; a changed origin or `clarityctl unquarantine NAME` releases it.',
  },
  Exited: {
    meaning: 'It ended, and its restartPolicy does not start it again.',
    todo: '`clarityctl restart NAME`, or change spec.restartPolicy.',
  },
  Completed: {
    meaning: 'It ended with code 0, and its restartPolicy does not start it again.',
    todo: 'Nothing, or `clarityctl restart NAME` to run it once more.',
  },
  Disconnected: {
    meaning: 'It closed its end of the connection while it ran; it was ended and is started again.',
    todo: 'Read its logs: nothing of it may close stdin or stdout.',
  },
  StartFailed: {
    meaning: 'It ended or broke the protocol before it answered initialize.',
    todo: 'Run the command by hand; read its stderr tail.',
  },
  StartTimeout: {
    meaning: 'It did not answer initialize within startTimeoutMs.',
    todo: 'Raise spec.startTimeoutMs, or see whether it really speaks MCP on stdin and stdout.',
  },
  IntrospectFailed: {
    meaning: 'It runs, but its tools could not be read.',
    todo: 'Read its logs; the server answered tools/list with an error or not at all.',
  },
  CompileFailed: {
    meaning:
      'Its source file, or one that it imports, has errors; the last good artifact keeps serving where there is one.',
    todo: 'Mend the lines that the diagnostics name; it is compiled when the file is saved.',
  },
  SourceNotFound: {
    meaning: 'Its source file or prebuilt module is not there or cannot be read.',
    todo: 'Create the file, or correct metadata.sourceFile or spec.origin.wasmPath; its coming is seen.',
  },
  ArtifactMismatch: {
    meaning: 'The module has another sha256 than metadata.artifactSha256.',
    todo: 'Restore the module, or correct artifactSha256 if the new one is meant.',
  },
  CompilerFailed: {
    meaning: 'The compiler could not be run, broke or took too long.',
    todo: 'Read its last lines in the message; correct spec.origin.compiler or CLARITYC_BIN. It is tried again every 5 minutes.',
  },
  ArtifactInvalid: {
    meaning: 'The module is no WebAssembly, no regular file, or larger than 64 MiB.',
    todo: 'Build it again, or correct spec.origin.wasmPath.',
  },
  CommandNotFound: {
    meaning: 'spec.origin.command does not exist on this machine.',
    todo: 'Install it or correct it; looked at again every 5 minutes.',
  },
  SecretNotFound: {
    meaning: 'A secretRef points at nothing.',
    todo: 'Set the variable or write the file that the message names, then `clarityctl reconcile NAME`.',
  },
  ImportNotGranted: {
    meaning: 'The module asks for something that its manifest does not grant, or that no service has.',
    todo: 'Add the line of spec.origin.capabilities that the message names.',
  },
  ModuleInvalid: {
    meaning: 'The wasm of the service is no module that can be run.',
    todo: 'Compile it anew; the message says what is wrong with it.',
  },
  AccessRefused: {
    meaning: 'The service tried to reach something that its manifest does not grant; the call went on without it.',
    todo: 'Nothing, or add the line of spec.origin.capabilities that the message names.',
  },
  Unauthorized: {
    meaning: 'The remote server refused our credentials.',
    todo: 'Correct spec.origin.authRef or its secret, then `clarityctl reconcile NAME`.',
  },
  Unreachable: {
    meaning: 'The remote server cannot be reached or does not speak MCP.',
    todo: 'Check spec.origin.endpoint; it is tried again by itself.',
  },
  HostNotAllowed: {
    meaning: 'The endpoint’s host is not on the allow-list.',
    todo: 'Add it to CLARITY_REMOTE_ALLOWED_HOSTS or to the Policy’s hosts.',
  },
  ProbeTimeout: {
    meaning: 'It did not answer its probe in time.',
    todo: 'Read its logs; it is restarted after failureThreshold failures.',
  },
  ProbeFailed: { meaning: 'It answered its probe with an error.', todo: 'Read its logs.' },
  ProbeSucceeded: { meaning: 'It answered its last probe.', todo: 'Nothing.' },
  NotProbed: { meaning: 'It has not been probed yet.', todo: 'Nothing.' },
  ManifestInvalid: {
    meaning: 'The file on disk has errors; the last good version stays in force.',
    todo: 'Mend the lines that the diagnostics name.',
  },
  Conflict: {
    meaning: 'Two documents claim one identity; both are frozen at the last good version.',
    todo: 'Remove or rename one of the documents that the message names.',
  },
  SourceUnavailable: {
    meaning: 'The source that owns the document cannot be read completely now.',
    todo: 'See `clarityctl get sources`.',
  },
  PruneBlocked: {
    meaning: 'More documents vanished at once than the brake lets through; nothing is stopped.',
    todo: 'Bring them back, or confirm with `clarityctl prune --confirm REVISION`.',
  },
  PruneDisabled: {
    meaning: 'The document is gone, but its annotation forbids to prune it.',
    todo: 'Bring the document back, or delete the service with `clarityctl delete NAME`.',
  },
  PolicyNotFound: { meaning: 'spec.policyRef names no Policy.', todo: 'Create the Policy or correct the reference.' },
  NamespaceConflict: {
    meaning: 'Another service already serves this toolNamespace.',
    todo: 'Set spec.toolNamespace to a free one.',
  },
  ReconcileTimeout: {
    meaning: 'An action took longer than spec.reconcile.timeout.',
    todo: 'Raise the timeout, or read the logs.',
  },
  Internal: { meaning: 'Something that should not happen did.', todo: 'Report it with the log around it.' },
} as const satisfies Record<string, { meaning: string; todo: string }>;

export type Reason = keyof typeof REASONS;

/** A Why whose reason is of the catalogue. */
export function because(reason: Reason, message: string): { readonly reason: Reason; readonly message: string } {
  return { reason, message };
}

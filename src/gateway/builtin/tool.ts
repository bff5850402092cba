import type { SecretAdmin } from '../../reconcile/ports.ts';
import type { ProposalService, RuntimeService } from '../../runtime/types.ts';
import type { Clock } from '../../shared/clock.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { ServicePresenter } from './service-presenter.ts';

/** What the built-in tools work with, of the composition root. */
export interface BuiltinDeps {
  readonly runtime: RuntimeService;
  /** Changes that wait for a person, where approval is required. */
  readonly proposals: ProposalService;
  readonly secrets: SecretAdmin;
  readonly present: ServicePresenter;
  readonly clock: Clock;
  /** Absolute; the tools of files stay inside of it. */
  readonly workspace: string;
  /** The embedded compiler. */
  readonly compiler: { readonly version: string };
  readonly provisioning: {
    /** Tools may write manifests and secrets. */
    readonly enabled: boolean;
    /** What they would change waits for a person first. */
    readonly approval: 'required' | 'none';
    /** Hosts that a remote service may name; undefined: any. */
    readonly allowedHosts?: readonly string[];
  };
}

/** One call of a built-in tool. */
export interface ToolCall {
  /** Who asks, for people: the client by its name and version, printable. */
  readonly by: string;
  readonly signal: AbortSignal;
  /** Tells the caller how far it is, where it wants to hear that. */
  readonly progress: (message: string) => void;
}

/** What a tool answers: exactly the keys of original contract §2, and a sentence that stands in a second text block. */
export interface Answer {
  readonly json: JsonObject;
  readonly note?: string;
}

/** How a tool behaves, as MCP has it: all four are always said. */
export interface Annotations extends JsonObject {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  readonly openWorldHint: boolean;
}

/** A tool as its file declares it. `Args` is what the inputSchema lets through, with its defaults. */
export interface ToolDeclaration<Args> {
  readonly name: `runtime__${string}` | `clarity__${string}`;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: JsonObject;
  readonly outputSchema: JsonObject;
  readonly annotations: Annotations;
  /** Refused unless CLARITY_ENABLE_MCP_PROVISIONING opens it. */
  readonly gated?: true;
  /** Throws ClarityError for what the caller can mend, RpcError for what is an error of the protocol. */
  readonly run: (args: Args, deps: BuiltinDeps, call: ToolCall) => Answer | Promise<Answer>;
}

/** A tool in the registry. */
export type BuiltinTool = ToolDeclaration<JsonObject>;

/** A declaration as the registry keeps it: what `run` gets has passed the inputSchema. */
export function defineTool<Args>(declaration: ToolDeclaration<Args>): BuiltinTool {
  return { ...declaration, run: (args, deps, call) => declaration.run(args as Args, deps, call) };
}

const READING = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
const WRITING = { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false };

/** The usual kinds of tools. */
export const ANNOTATIONS = {
  reading: READING,
  writing: WRITING,
  /** It may end or take away what somebody uses. */
  destructive: { ...WRITING, destructiveHint: true },
  /** It may replace what is there, and reaches programs or hosts outside. */
  registering: { ...WRITING, destructiveHint: true, openWorldHint: true },
} as const satisfies Record<string, Annotations>;

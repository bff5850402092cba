import { presentSummary } from '../../src/api/present-summary.ts';
import { presentEvent, presentItem, presentRecord, presentSnapshot } from '../../src/api/present.ts';
import type { Call } from '../../src/gateway/call.ts';
import { BuiltinTools } from '../../src/gateway/builtin/builtin-tools.ts';
import type { BuiltinDeps } from '../../src/gateway/builtin/tool.ts';
import { Proposals } from '../../src/runtime/proposals/proposals.ts';
import { RpcError } from '../../src/shared/json-rpc.ts';
import type { JsonObject } from '../../src/shared/json.ts';
import { FakeRuntime, NOW, TEXT } from './fake-runtime.ts';
import { systemClock } from './clock.ts';
import { fakeSecrets } from './fake-secrets.ts';
import { MemoryProposalStore } from './memory-proposal-store.ts';

/** A CallToolResult of a built-in tool, or the error of the protocol in its place. */
export interface BuiltinResult {
  /** structuredContent. */
  readonly json: any;
  readonly texts: readonly string[];
  readonly isError: boolean;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: any };
}

/** The built-in tools over a fake runtime that runs one service, `files`. */
export class BuiltinRig {
  readonly runtime: FakeRuntime;
  readonly proposals: Proposals;
  readonly tools: BuiltinTools;
  readonly deps: BuiltinDeps;
  /** Notifications of every call. */
  readonly told: JsonObject[] = [];

  constructor(over: Partial<BuiltinDeps> = {}, runtime = new FakeRuntime()) {
    this.runtime = runtime;
    if (runtime.views.size === 0) runtime.add(TEXT);
    this.proposals = new Proposals({
      runtime,
      clock: over.clock ?? systemClock,
      store: new MemoryProposalStore(),
      events: runtime,
      logger: { warn: () => undefined },
    });
    this.deps = {
      runtime,
      proposals: this.proposals,
      secrets: fakeSecrets(),
      present: {
        item: (view) => presentItem(view, NOW),
        record: (view) => presentRecord(view, NOW),
        snapshot: presentSnapshot,
        event: presentEvent,
        summary: presentSummary,
      },
      clock: systemClock,
      workspace: '/w',
      compiler: { version: '1.2.3' },
      provisioning: { enabled: true, approval: 'none' },
      ...over,
    };
    this.tools = new BuiltinTools(this.deps);
  }

  async call(name: string, args: JsonObject = {}, signal = new AbortController().signal): Promise<BuiltinResult> {
    const call = {
      signal,
      session: { terms: { client: 'tester 1' } },
      notify: (_method: string, params: JsonObject) => this.told.push(params),
    } as unknown as Call;
    try {
      const params = { name, arguments: args, _meta: { progressToken: 0 } };
      const { content, structuredContent, isError } = JSON.parse(await this.tools.call(name, params, call));
      return { json: structuredContent, texts: content.map(({ text }: any) => text), isError: isError === true };
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      const { code, message, data } = error;
      return { json: undefined, texts: [], isError: true, error: { code, message, data } };
    }
  }

  /** The text that the last apply was given. */
  get applied(): string {
    return String(this.runtime.asked.filter(([method]) => method === 'apply').at(-1)?.[1]);
  }
}

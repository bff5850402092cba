import type { Probe } from '../manifest/index.ts';
import type { Happening } from '../reconcile/memory.ts';
import type { Upstream, Why } from '../reconcile/ports.ts';
import { because } from '../reconcile/reasons.ts';
import { errorMessage } from '../shared/errors.ts';
import { isJsonObject, type Json } from '../shared/json.ts';
import { RPC, RpcError } from '../shared/json-rpc.ts';
import { oneLine } from '../shared/text.ts';
import { reasonOf } from './reason-of.ts';

/** Of what a tool says that is asked as a probe. */
const TEXT_CHARS = 200;

type Probed = Extract<Happening, { kind: 'probed' | 'probeFailed' }>;

/** Asks a server whether it is well; a failure is an outcome, an abort rejects. */
export async function probe(upstream: Upstream, how: Probe, signal: AbortSignal): Promise<Probed> {
  try {
    await ask(upstream, how, signal);
    return { kind: 'probed', tellsChanges: tellsChanges(upstream) };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'probeFailed', instance: upstream.ref.id, why: failureOf(error) };
  }
}

/** Calls the tool that the manifest names, else pings. Rejects where the server does not answer, or answers with an error. */
async function ask(upstream: Upstream, { tool, timeoutMs }: Probe, signal: AbortSignal): Promise<void> {
  const options = { signal, timeoutMs, maxTotalMs: timeoutMs, isProbe: true } as const;
  if (tool !== undefined) {
    const result = await upstream.request('tools/call', { name: tool, arguments: {} }, options);
    if (result.isError === true) throw new Error(`${tool} answered with an error: ${firstText(result.content)}`);
    return;
  }
  try {
    await upstream.request('ping', undefined, options);
  } catch (error) {
    // A server without ping answers with an error: it is alive all the same.
    if (!(error instanceof RpcError && error.code === RPC.methodNotFound)) throw error;
  }
}

function tellsChanges({ server: { capabilities } }: Upstream): boolean {
  return isJsonObject(capabilities.tools) && capabilities.tools.listChanged === true;
}

function firstText(content: Json | undefined): string {
  const block = Array.isArray(content) ? (content as Json[])[0] : undefined;
  const text = isJsonObject(block) && typeof block.text === 'string' ? block.text : '';
  return oneLine(text, TEXT_CHARS);
}

function failureOf(error: unknown): Why {
  if (!(error instanceof RpcError)) return because('ProbeFailed', errorMessage(error));
  if (error.code === RPC.timeout) return because('ProbeTimeout', error.message);
  return because(reasonOf(error.cause) ?? 'ProbeFailed', error.message);
}

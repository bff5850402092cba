import type { Ask, Capabilities, ServiceManifest } from '../../manifest/index.ts';
import { oneLine } from '../../shared/text.ts';
import type { ApplyResponse, ServiceRecord } from '../../wire/types.ts';
import { askPlaces, relocateFiles, type AppliedFile } from '../applied-documents.ts';
import { CliError, EXIT } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { isNotFound } from '../failure.ts';
import type { AddFlags } from './add-options.ts';

/** A service that was added; -o json prints `answer`. */
export interface AddedService {
  readonly answer: AddAnswer;
  /** As the daemon has it now. */
  readonly record: ServiceRecord | undefined;
}

/** The keys of the original first (original contract §6, add). */
export interface AddAnswer {
  /** False where it was applied and did not get ready. */
  readonly ok: boolean;
  readonly serviceId: string;
  readonly sourceFile: string;
  /** Null where the daemon keeps the module in its cache. */
  readonly wasmPath: string | null;
  readonly module: string;
  readonly name: string;
  readonly outcome: ApplyResponse['outcome'];
  readonly manifest: string;
  readonly ready: ServiceRecord['ready'];
  /** Why it is not ready. */
  readonly why?: string;
  readonly grants: Capabilities | null;
  readonly asks: readonly Ask[];
  /** What a person may still have to do. */
  readonly hints: readonly string[];
}

const DEFAULT_TIMEOUT_MS = 60_000;

/**
 * Applies the manifest through the daemon and waits until the service is ready. Throws what the client throws, and CliError (exit 1) where the
 * name belongs to another program.
 */
export async function addService(
  context: CommandContext,
  made: AppliedFile,
  facts: { readonly asks: readonly Ask[]; readonly hints: readonly string[] },
  { wait, timeout = DEFAULT_TIMEOUT_MS, forceConflicts = false }: Pick<AddFlags, 'wait' | 'timeout' | 'forceConflicts'>,
): Promise<AddedService> {
  const { client, signal, input } = context;
  const [file = made] = await relocateFiles([made], input.cwd, await askPlaces(context));
  const manifest = file.parsed.documents[0]?.document as ServiceManifest;
  const { name, serviceId, sourceFile, module } = manifest.metadata;
  if (!forceConflicts) await refuseOther(context, name, sourceFile);
  const request = { text: file.text, force: forceConflicts, managedBy: 'clarityctl' } as const;
  const applied = await client.apply(request, { signal });
  const goal = wait ? await client.wait(name, 'ready', { timeoutMs: timeout, signal }) : undefined;
  const record = goal?.service ?? applied.service;
  const { origin } = manifest.spec;
  const isWasm = origin.type === 'local_wasm';
  const answer = {
    ok: goal?.met ?? true,
    serviceId,
    sourceFile,
    wasmPath: (isWasm ? origin.wasmPath : undefined) ?? null,
    module,
    name,
    outcome: applied.outcome,
    manifest: applied.file,
    ready: record?.ready ?? 'Unknown',
    ...(goal === undefined || goal.met ? {} : { why: oneLine(goal.why, 2000) }),
    grants: (isWasm ? origin.capabilities : undefined) ?? null,
    ...facts,
  };
  return { answer, record };
}

/** Two files of one name are two programs: the second must not take the place of the first without a word. */
async function refuseOther({ client, signal }: CommandContext, name: string, sourceFile: string): Promise<void> {
  const running = await client.service(name, { signal }).catch((error: unknown) => {
    if (isNotFound(error)) return undefined;
    throw error;
  });
  const metadata = running?.service.manifest.metadata as { readonly sourceFile?: string } | undefined;
  if (metadata?.sourceFile === undefined || metadata.sourceFile === sourceFile) return;
  const hint = 'Give another --name, or replace it with --force-conflicts.';
  throw new CliError(EXIT.no, `service ${name} is made of ${oneLine(metadata.sourceFile)}, not of ${sourceFile}`, {
    hint,
  });
}

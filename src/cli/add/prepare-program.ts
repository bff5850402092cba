import { resolve } from 'node:path';
import { writeArtifact } from '../../toolchain/write-artifact.ts';
import type { AppliedFile } from '../applied-documents.ts';
import { CliError, EXIT, systemMessage } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import type { AddFlags } from './add-options.ts';
import type { FoundProgram } from './find-program.ts';
import { grantsFor } from './grants-for.ts';
import { inspectProgram, type InspectedProgram } from './inspect-program.ts';
import { readGrants } from './read-grants.ts';
import { serviceManifest } from './service-manifest.ts';

/** A program that compiles, and the manifest that it gets. */
export interface PreparedProgram {
  readonly inspected: InspectedProgram;
  readonly manifest: AppliedFile;
  readonly hints: readonly string[];
}

/** Which compiler is meant; the embedded one where undefined. */
export function compilerOf({ settings }: CommandContext, { compilerBin }: AddFlags): string | undefined {
  return compilerBin ?? settings.compilerBin;
}

/**
 * Makes the manifest of a program, and writes its module where --wasm wants it. Throws CliError where it does not compile, asks for what no
 * service has, or cannot be a manifest; then nothing is written.
 */
export async function prepareProgram(
  context: CommandContext,
  { file, project }: FoundProgram,
  flags: AddFlags,
  known?: InspectedProgram,
): Promise<PreparedProgram> {
  const { wasm: wasmPath } = flags;
  const wanted = readGrants(flags);
  const compiler = compilerOf(context, flags);
  const inspected = known ?? (await inspectProgram(context, file, compiler));
  const grants = grantsFor(inspected.asks, inspected.literals, wanted);
  const parts = {
    file,
    grants,
    ...(project === undefined ? {} : { project }),
    ...(wasmPath === undefined ? {} : { wasmPath }),
    ...(compiler === undefined || wasmPath !== undefined ? {} : { compiler }),
  };
  const manifest = serviceManifest(context, parts, flags);
  if (wasmPath === undefined) return { inspected, manifest, hints: grants.hints };
  if (flags.dryRun !== true) await write(context, wasmPath, inspected.wasm);
  const frozen = `${wasmPath} is run as it is: edits of ${file} count when it is added again.`;
  return { inspected, manifest, hints: [...grants.hints, frozen] };
}

async function write({ input: { cwd } }: CommandContext, file: string, wasm: Uint8Array): Promise<void> {
  try {
    await writeArtifact(resolve(cwd, file), wasm);
  } catch (cause) {
    throw new CliError(EXIT.usage, `cannot write ${file}: ${systemMessage(cause)}`, { cause });
  }
}

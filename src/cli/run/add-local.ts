import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { addService } from '../add/add-service.ts';
import { grantsFor } from '../add/grants-for.ts';
import { inspectModule, type InspectedProgram } from '../add/inspect-program.ts';
import { printAdded } from '../add/print-added.ts';
import { readGrants } from '../add/read-grants.ts';
import { serviceManifest } from '../add/service-manifest.ts';
import { EXIT, type ExitCode } from '../cli-error.ts';
import { printData, type CommandContext } from '../command-context.ts';
import type { Options } from '../commands/add-local.ts';
import { readable } from '../list-files.ts';

/** The body of `clarityctl add-local`. */
export async function runAddLocal(context: CommandContext, options: Options): Promise<ExitCode> {
  const { source, module, wasm, name = module, dryRun = false } = options;
  context.warn('warning: add-local is an old form: see clarityctl add --wasm');
  const wanted = readGrants(options);
  const inspected = await inspect(context, wasm);
  const grants = inspected === undefined ? undefined : grantsFor(inspected.asks, undefined, wanted);
  const parts = { file: source, wasmPath: wasm, ...(grants === undefined ? {} : { grants }) };
  const manifest = serviceManifest(context, parts, { ...options, name });
  if (dryRun) {
    context.print(manifest.text.trimEnd());
    return EXIT.ok;
  }
  const facts = { asks: inspected?.asks ?? [], hints: grants?.hints ?? [] };
  const added = await addService(context, manifest, facts, { ...options, wait: false });
  if (!printData(context, { ...added.answer, service: added.record })) printAdded(context, added);
  return EXIT.ok;
}

/** The module may be on the daemon's machine only: then nobody here knows what it asks for. */
async function inspect({ input: { cwd }, warn }: CommandContext, file: string): Promise<InspectedProgram | undefined> {
  const path = resolve(cwd, file);
  if (existsSync(path)) return inspectModule(file, await readable(file, () => readFile(path)));
  warn(`warning: ${file} is not here: its grants are those of an original manifest`);
  return undefined;
}

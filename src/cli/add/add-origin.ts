import { EXIT, type ExitCode } from '../cli-error.ts';
import { printData, type CommandContext } from '../command-context.ts';
import type { AgentFlags, ServiceFlags } from './add-options.ts';
import { addService } from './add-service.ts';
import { printAdded, printNotReady } from './print-added.ts';
import { originManifest, type OriginParts } from './service-manifest.ts';

type Flags = AgentFlags &
  Pick<ServiceFlags, 'name' | 'module' | 'serviceType' | 'dryRun' | 'forceConflicts'> & {
    readonly wait?: boolean;
    /** Milliseconds. */
    readonly timeout?: number;
  };

/**
 * Writes the manifest of something that needs no compiler, and answers with the keys of `add` and the record. Only where it was waited for does it
 * count that the service is not ready: exit 1.
 */
export async function addOrigin(context: CommandContext, parts: OriginParts, flags: Flags): Promise<ExitCode> {
  const manifest = originManifest(context, parts, flags);
  if (flags.dryRun === true) {
    context.print(manifest.text.trimEnd());
    return EXIT.ok;
  }
  const wanted = { ...flags, wait: flags.wait ?? false };
  const added = await addService(context, manifest, { asks: [], hints: [] }, wanted);
  const { ok } = added.answer;
  if (!printData(context, { ...added.answer, service: added.record }) && ok) printAdded(context, added);
  if (!ok) printNotReady(context, added);
  return ok ? EXIT.ok : EXIT.no;
}

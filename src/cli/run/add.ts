import { printable } from '../../shared/text.ts';
import type { AddFlags, ServiceFlags } from '../add/add-options.ts';
import { addService } from '../add/add-service.ts';
import { findProgram } from '../add/find-program.ts';
import { prepareProgram } from '../add/prepare-program.ts';
import { printAdded, printNotReady } from '../add/print-added.ts';
import { EXIT, type ExitCode } from '../cli-error.ts';
import { printData, type CommandContext } from '../command-context.ts';

/** The body of `clarityctl add` and `start-source`. */
export async function runAdd(context: CommandContext, service: string, flags: AddFlags): Promise<ExitCode> {
  warnUnusedAgent(context, flags);
  const { inspected, manifest, hints } = await prepareProgram(context, findProgram(context, service), flags);
  if (flags.dryRun === true) {
    context.print(manifest.text.trimEnd());
    for (const hint of hints) context.warn(printable(hint));
    return EXIT.ok;
  }
  const added = await addService(context, manifest, { asks: inspected.asks, hints }, flags);
  const { ok } = added.answer;
  if (!printData(context, added.answer) && ok) printAdded(context, added);
  if (!ok) printNotReady(context, added);
  return ok ? EXIT.ok : EXIT.no;
}

/** An agent's flags on a service that is none; --agent-hitl is what `clarityc start` says of any program that asks people. */
export function warnUnusedAgent({ warn }: CommandContext, flags: ServiceFlags): void {
  const { agentRole, agentObjective, agentTriggers, serviceType } = flags;
  if (serviceType === 'mcp' && [agentRole, agentObjective, agentTriggers].some((flag) => flag !== undefined))
    warn('warning: the flags of an agent are not used without --service-type agent');
}

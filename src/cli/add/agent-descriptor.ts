import type { JsonObject } from '../../shared/json.ts';
import type { ProjectAgent } from '../../toolchain/project-file.ts';
import { CliError, EXIT } from '../cli-error.ts';
import type { AgentFlags } from './add-options.ts';

/** Who the agent is where nobody says it. */
interface Fallback {
  readonly module: string;
  readonly displayName: string;
}

const KINDS = ['handoff.request', 'handoff.accepted', 'handoff.rejected', 'handoff.completed'];
const DEFAULT_TRIGGERS = ['api'];

/**
 * `metadata.agent` (original contract §4) from the flags, then from clarity.json. An agent that says no trigger is reached over the API; a2a
 * without a profile takes and sends every kind of message. Throws a usage error where role or objective are missing, or schedules would be needed.
 */
export function agentDescriptor(flags: AgentFlags, project: ProjectAgent | undefined, fallback: Fallback): JsonObject {
  const role = flags.agentRole ?? project?.role;
  const objective = flags.agentObjective ?? project?.objective;
  const absent = [
    ...(role === undefined ? ['--agent-role'] : []),
    ...(objective === undefined ? ['--agent-objective'] : []),
  ];
  if (role === undefined || objective === undefined)
    throw new CliError(EXIT.usage, `an agent needs ${absent.join(' and ')}`, {
      hint: 'Say each in a sentence, or write an agent with role and objective into clarity.json.',
    });
  const triggers = listOf(flags.agentTriggers) ?? project?.triggers ?? DEFAULT_TRIGGERS;
  if (triggers.includes('timer'))
    throw new CliError(EXIT.usage, 'a timer needs schedules, which no flag gives', {
      hint: 'Print the manifest with --dry-run and another trigger, write metadata.agent.timer into it, and apply that.',
    });
  const version = flags.agentVersion ?? project?.version;
  const hitl = flags.agentHitl ?? project?.hitl;
  return {
    agentId: flags.agentId ?? project?.id ?? fallback.module,
    name: flags.agentName ?? project?.name ?? fallback.displayName,
    role,
    objective,
    ...(version === undefined ? {} : { version }),
    triggers: [...triggers],
    ...(triggers.includes('a2a')
      ? { a2a: { protocol: 'clarity.a2a.v1', acceptedMessageKinds: KINDS, emitsMessageKinds: KINDS } }
      : {}),
    ...(hitl === true ? { hitl } : {}),
    ...lists(flags, project),
  };
}

function lists(flags: AgentFlags, project: ProjectAgent | undefined): JsonObject {
  const all: readonly (readonly [string, string | undefined, readonly string[] | undefined])[] = [
    ['inputs', flags.agentInputs, project?.inputs],
    ['outputs', flags.agentOutputs, project?.outputs],
    ['allowedMcpTools', flags.agentMcpTools, project?.mcp_tools],
    ['allowedLlmProviders', flags.agentLlmProviders, project?.llm_providers],
    ['handoffTargets', flags.agentHandoffTargets, project?.handoff_targets],
    ['dependsOn', flags.agentDependsOn, project?.depends_on],
  ];
  const entries = all.map(([key, given, known]) => [key, [...(listOf(given) ?? known ?? [])]] as const);
  return Object.fromEntries(entries.filter(([, values]) => values.length > 0));
}

/** Comma-separated; undefined where nothing stands between the commas. */
function listOf(text: string | undefined): readonly string[] | undefined {
  const values = (text ?? '').split(',').map((value) => value.trim());
  const filled = values.filter((value) => value !== '');
  return filled.length === 0 ? undefined : filled;
}

import type { Project, ProjectAgent } from '../toolchain/project-file.ts';

/** What `clarityc start` knows beside clarity.json. */
export interface StartFacts {
  readonly output?: string;
  readonly daemonUrl?: string;
  /** The program has the effect HumanInLoop. */
  readonly asksPeople: boolean;
}

/** An agent is reached over the API where clarity.json says nothing else. */
const DEFAULT_TRIGGERS = ['api'];

/** The command line of clarityctl that adds a program as a service (original contract §6, `add`). */
export function addArguments(file: string, project: Project | undefined, facts: StartFacts): readonly string[] {
  const { output, daemonUrl, asksPeople } = facts;
  return [
    ...flag('--daemon-url', daemonUrl),
    'add',
    file,
    ...flag('--name', project?.name),
    ...flag('--module', project?.module),
    ...flag('--wasm', output),
    ...flag('--service-type', project?.service_type),
    ...(project?.service_type === 'agent' && project.agent !== undefined ? agentArguments(project.agent) : []),
    ...(project?.agent?.hitl === true || asksPeople ? ['--agent-hitl'] : []),
  ];
}

function agentArguments(agent: ProjectAgent): readonly string[] {
  return [
    ...flag('--agent-id', agent.id),
    ...flag('--agent-name', agent.name),
    ...flag('--agent-role', agent.role),
    ...flag('--agent-objective', agent.objective),
    ...list('--agent-triggers', agent.triggers ?? DEFAULT_TRIGGERS),
    ...list('--agent-inputs', agent.inputs),
    ...list('--agent-outputs', agent.outputs),
    ...list('--agent-mcp-tools', agent.mcp_tools),
    ...list('--agent-llm-providers', agent.llm_providers),
    ...list('--agent-handoff-targets', agent.handoff_targets),
    ...list('--agent-depends-on', agent.depends_on),
    ...flag('--agent-version', agent.version),
  ];
}

function flag(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [name, value];
}

function list(name: string, values: readonly string[] | undefined): readonly string[] {
  return flag(name, values === undefined || values.length === 0 ? undefined : values.join(','));
}

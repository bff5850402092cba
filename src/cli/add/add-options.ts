import { Option, type Command } from 'commander';
import { durationOption } from '../option-values.ts';

/** What an agent says about itself; lists are comma-separated (original contract §6, AGENT). */
export interface AgentFlags {
  readonly agentId?: string;
  readonly agentName?: string;
  readonly agentRole?: string;
  readonly agentObjective?: string;
  readonly agentTriggers?: string;
  readonly agentInputs?: string;
  readonly agentOutputs?: string;
  readonly agentMcpTools?: string;
  readonly agentLlmProviders?: string;
  readonly agentHandoffTargets?: string;
  readonly agentDependsOn?: string;
  readonly agentVersion?: string;
  readonly agentHitl?: boolean;
}

/** Flags of every command that makes a service of a program; what is absent comes from clarity.json, or has a default. */
export interface ServiceFlags extends AgentFlags {
  readonly name?: string;
  readonly module?: string;
  readonly entry?: string;
  readonly serviceType?: 'mcp' | 'agent';
  readonly allowHost?: readonly string[];
  /** NAME=VALUE */
  readonly env?: readonly string[];
  /** NAME, or NAME=REF */
  readonly secret?: readonly string[];
  readonly dryRun?: boolean;
  readonly forceConflicts?: boolean;
}

/** Flags of the commands that compile. */
export interface AddFlags extends ServiceFlags {
  /** Milliseconds. */
  readonly timeout?: number;
  /** False with --no-wait. */
  readonly wait: boolean;
  readonly wasm?: string;
  readonly compilerBin?: string;
}

/** Declares what says who the service is. */
export function nameOption(command: Command): Command {
  return command.option(
    '--name <name>',
    'name of the service (the file’s, or its folder’s where that is main.clarity)',
  );
}

/** Declares the module where it may be left out. */
function moduleOption(command: Command): Command {
  return command.option('--module <module>', 'name of the module: decides the namespace of its tools (the name)');
}

/** Declares what every service of a program has, with the flags of an agent. */
export function serviceOptions(command: Command): Command {
  typeOption(command.option('--entry <function>', 'accepted for old scripts: nothing calls it (mcp_main)'))
    .option('--allow-host <host...>', 'hosts that it may reach (those of its literal URLs)')
    .option('--env <name=value...>', 'variables that it may read')
    .option('--secret <name=ref...>', 'secrets that it may read; a NAME alone is the daemon’s variable, NAME=env:NAME');
  return agentOptions(command);
}

/** Declares which type the service is of. */
export function typeOption(command: Command): Command {
  return command.addOption(new Option('--service-type <type>', 'mcp, or agent (mcp)').choices(['mcp', 'agent']));
}

/** Declares --agent-id and --agent-name, which only one service can have. */
export function agentIdentityOptions(command: Command): Command {
  return command
    .option('--agent-id <id>', 'how other agents address it (the module)')
    .option('--agent-name <name>', 'what people see of the agent (the display name)');
}

/** Declares what an agent says about itself. */
export function agentOptions(command: Command): Command {
  return command
    .option('--agent-role <text>', 'the part that the agent plays; required for an agent')
    .option('--agent-objective <text>', 'what the agent is to achieve; required for an agent')
    .option('--agent-triggers <list>', 'what starts a run: timer, event, api, a2a (api)')
    .option('--agent-inputs <list>', 'names of what it takes')
    .option('--agent-outputs <list>', 'names of what it gives')
    .option('--agent-mcp-tools <list>', 'tools that it may call')
    .option('--agent-llm-providers <list>', 'model providers that it may use')
    .option('--agent-handoff-targets <list>', 'agents that it may hand over to')
    .option('--agent-depends-on <list>', 'agents that it needs')
    .option('--agent-version <version>', 'version of the descriptor')
    .option('--agent-hitl', 'people may answer and steer its runs');
}

/** Declares how the manifest is written. */
export function writingOptions(command: Command): Command {
  return command
    .option('--dry-run', 'print the manifest; ask nobody')
    .option('--force-conflicts', 'also over a document that a person, another tool or another file wrote');
}

/** Declares how long the service is waited for. */
export function waitingOptions(command: Command): Command {
  return command
    .option('--no-wait', 'do not wait until it is ready')
    .option('--timeout <duration>', 'how long to wait (60s)', durationOption);
}

/** Declares that the service may be waited for, where a command answers after the write. */
export function waitOptions(command: Command): Command {
  return command
    .option('--wait', 'wait until it is ready')
    .option('--timeout <duration>', 'how long to wait (60s)', durationOption);
}

/** Declares --wasm of the commands that compile. */
function wasmOption(command: Command): Command {
  return command.option('--wasm <file>', 'write the module to this file, too, and run that file');
}

/** Declares which compiler is meant. */
export function compilerOption(command: Command): Command {
  return command.option('--compiler-bin <command>', 'another compiler: COMMAND compile FILE -o OUT (CLARITYC_BIN)');
}

/** Declares every flag of a command that compiles and adds one program. */
export function addOptions(command: Command): Command {
  const described = agentIdentityOptions(serviceOptions(wasmOption(nameOption(moduleOption(command)))));
  return writingOptions(waitingOptions(compilerOption(described)));
}

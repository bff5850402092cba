import { API_VERSION, normalizeNamespace, toYaml } from '../../../manifest/index.ts';
import { ClarityError } from '../../../shared/errors.ts';
import type { JsonObject } from '../../../shared/json.ts';
import { agentOf } from './agent-descriptor.ts';

/** What every register tool takes, with its defaults (original contract §2). */
export interface RegisterArgs {
  readonly module?: string;
  readonly display_name?: string;
  readonly service_type: 'mcp' | 'agent';
  readonly agent_descriptor?: JsonObject;
  readonly tool_namespace?: string;
  readonly autostart: boolean;
  readonly enabled: boolean;
  readonly start_now: boolean;
  readonly introspect: boolean;
}

/** What is particular to one kind of service. */
export interface Registration {
  /** The identity; where absent it comes from the namespace, as in an original manifest. */
  readonly name?: string;
  readonly module: string;
  readonly sourceFile?: string;
  readonly origin: JsonObject;
}

/**
 * The manifest of a service as YAML. What is not given is left to the defaults of manifests, which are the original's. A service that is not to be
 * started now waits for `start`: autostart is false. Throws BadRequest for an agent that does not describe itself.
 */
export function registrationText(args: RegisterArgs, { name, module, sourceFile, origin }: Registration): string {
  const { display_name: displayName, tool_namespace: toolNamespace, service_type: serviceType } = args;
  if (serviceType === 'agent' && args.agent_descriptor === undefined)
    throw new ClarityError(
      'BadRequest',
      'an agent needs agent_descriptor, with agent_id, name, role, objective and triggers',
    );
  const flags = {
    ...(args.enabled ? {} : { enabled: false }),
    ...(args.autostart && args.start_now ? {} : { autostart: false }),
  };
  return toYaml({
    apiVersion: API_VERSION,
    kind: 'MCPService',
    metadata: {
      name: name ?? nameOf(normalizeNamespace(toolNamespace ?? module)),
      ...(name === module ? {} : { module }),
      ...(displayName === undefined ? {} : { displayName }),
      ...(sourceFile === undefined ? {} : { sourceFile }),
      ...(serviceType === 'agent' ? { serviceType, agent: agentOf(args.agent_descriptor ?? {}) } : {}),
    },
    spec: {
      ...flags,
      ...(toolNamespace === undefined ? {} : { toolNamespace: normalizeNamespace(toolNamespace) }),
      origin,
    },
  });
}

/** As a manifest without a name has it (manifest.md, metadata). */
function nameOf(namespace: string): string {
  return namespace.replaceAll('_', '-').slice(0, 63).replace(/-+$/, '');
}

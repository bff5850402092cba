import { suggest } from '../shared/suggest.ts';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';

/** What an agent service says about itself (language.md §10). */
export interface ProjectAgent {
  readonly id?: string;
  readonly name?: string;
  readonly role: string;
  readonly objective: string;
  readonly version?: string;
  readonly triggers?: readonly string[];
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
  readonly mcp_tools?: readonly string[];
  readonly llm_providers?: readonly string[];
  readonly handoff_targets?: readonly string[];
  readonly depends_on?: readonly string[];
  /** Asks people: also known from the effect HumanInLoop. */
  readonly hitl?: boolean;
}

/** The content of clarity.json (language.md §10). */
export interface Project {
  readonly name?: string;
  readonly version?: string;
  /** The file of the service, relative to clarity.json. */
  readonly entry?: string;
  /** Name of the module in the daemon. */
  readonly module?: string;
  readonly service_type: 'mcp' | 'agent';
  readonly agent?: ProjectAgent;
}

/** What reading a clarity.json gave: a project, or errors; warnings either way. */
export interface ProjectReading {
  readonly project?: Project;
  /** Whole sentences that begin with the path of the field. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

type Shape = 'text' | 'texts' | 'flag' | 'agent' | readonly string[];
type Fields = Readonly<Record<string, Shape>>;

const TRIGGERS = ['timer', 'event', 'api', 'a2a'];
const PROJECT: Fields = {
  name: 'text',
  version: 'text',
  entry: 'text',
  module: 'text',
  service_type: ['mcp', 'agent'],
  agent: 'agent',
};
const AGENT: Fields = {
  id: 'text',
  name: 'text',
  role: 'text',
  objective: 'text',
  version: 'text',
  triggers: 'texts',
  inputs: 'texts',
  outputs: 'texts',
  mcp_tools: 'texts',
  llm_providers: 'texts',
  handoff_targets: 'texts',
  depends_on: 'texts',
  hitl: 'flag',
};

/** Reads the text of a clarity.json. Unknown fields are warnings, so that newer files work with an older clarityc. */
export function readProject(text: string): ProjectReading {
  const json = parse(text);
  if (json instanceof Error) return { errors: [`This is no JSON: ${json.message}.`], warnings: [] };
  if (!isJsonObject(json)) return { errors: ['The file must hold one JSON object.'], warnings: [] };
  const notes = { errors: [] as string[], warnings: [] as string[] };
  checkFields(json, PROJECT, '', notes);
  if (isJsonObject(json.agent)) checkFields(json.agent, AGENT, 'agent.', notes);
  checkAgent(json, notes);
  if (notes.errors.length > 0) return notes;
  // Every field was checked above.
  return { project: { service_type: 'mcp', ...json } as unknown as Project, ...notes };
}

interface Notes {
  readonly errors: string[];
  readonly warnings: string[];
}

function checkFields(object: JsonObject, fields: Fields, at: string, { errors, warnings }: Notes): void {
  for (const [name, value] of Object.entries(object)) {
    const shape = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (shape === undefined) {
      const near = suggest(name, Object.keys(fields));
      warnings.push(`${at}${name} is not known${near === undefined ? '' : `; did you mean ${near}?`}`);
      continue;
    }
    const wanted = mismatch(value, shape);
    if (wanted !== undefined) errors.push(`${at}${name} must be ${wanted}.`);
  }
}

function checkAgent({ service_type: type, agent }: JsonObject, { errors }: Notes): void {
  if (type !== 'agent' && agent === undefined) return;
  if (agent === undefined) {
    errors.push('agent is required where service_type is "agent": give it a role and an objective.');
    return;
  }
  if (!isJsonObject(agent)) return;
  for (const name of ['role', 'objective'])
    if (agent[name] === undefined) errors.push(`agent.${name} is required: say it in a sentence.`);
  const unknown = Array.isArray(agent.triggers)
    ? agent.triggers.filter((each) => !TRIGGERS.includes(String(each)))
    : [];
  if (unknown.length > 0) errors.push(`agent.triggers must be out of ${TRIGGERS.join(', ')}.`);
}

/** What the value must be; undefined where it is. */
function mismatch(value: Json | undefined, shape: Shape): string | undefined {
  const isText = (each: unknown) => typeof each === 'string' && each.trim() !== '';
  if (shape === 'text') return isText(value) ? undefined : 'a text that is not empty';
  if (shape === 'flag') return typeof value === 'boolean' ? undefined : 'true or false';
  if (shape === 'agent') return isJsonObject(value) ? undefined : 'an object';
  if (shape === 'texts') return Array.isArray(value) && value.every(isText) ? undefined : 'a list of texts';
  return typeof value === 'string' && shape.includes(value) ? undefined : `one of ${shape.join(', ')}`;
}

function parse(text: string): Json | Error {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}

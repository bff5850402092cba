import type { Capabilities } from '../../manifest/index.ts';
import type { JsonObject } from '../../shared/json.ts';
import { firstLine, oneLine, printable } from '../../shared/text.ts';
import type { ServiceRecord } from '../../wire/types.ts';
import type { CommandContext } from '../command-context.ts';
import { renderFinding } from '../output/diagnostics.ts';
import { sampleArguments, toolSignature } from '../output/tool-signature.ts';
import { listedTools } from '../tool-names.ts';
import type { AddedService } from './add-service.ts';

const MAX_TOOLS = 20;

/** A service that was added, for a person: its state, its tools, its grants, and what to type next. */
export function printAdded({ print }: CommandContext, { answer, record }: AddedService): void {
  const { name, outcome, ready, grants, hints } = answer;
  print(`service/${name} ${outcome}${ready === 'True' ? ', ready' : ''}`);
  const tools = record === undefined ? [] : ownTools(record);
  const shown = tools.slice(0, MAX_TOOLS).map((tool) => `  ${toolLine(tool)}`);
  if (shown.length > 0) print(['tools:', ...shown].join('\n'));
  if (tools.length > MAX_TOOLS) print(`  and ${String(tools.length - MAX_TOOLS)} more: clarityctl get tools`);
  if (record === undefined || isProgram(record))
    print(`grants: ${grants === null ? 'as in an original manifest' : oneLine(grantText(grants), 2000)}`);
  for (const hint of hints) print(`  ${printable(hint)}`);
  const [first] = tools;
  if (first === undefined) print(`next: clarityctl describe ${name}`);
  else print(oneLine(`next: clarityctl call ${name} ${bareName(first)} ${sampleArguments(bare(first))}`, 1000));
}

/** Says on stderr why a service that was applied is not ready: conditions, then what is wrong in its files. */
export function printNotReady({ warn, paint }: CommandContext, { answer, record }: AddedService): void {
  warn(`service/${answer.name} is not ready: ${answer.why ?? ''}`);
  if (record === undefined) return;
  for (const { type, status, reason, message } of record.status.conditions)
    warn(`  ${type}=${status} ${oneLine(message === '' ? reason : `${reason}: ${firstLine(message)}`, 2000)}`);
  for (const each of record.diagnostics) warn(renderFinding(each, paint));
  warn(`See clarityctl describe ${answer.name}.`);
}

/** What a module may reach, in words. */
export function grantText({ fs, net, env, secrets, model, mcp, a2a, hitl }: Capabilities): string {
  const below = (list: readonly string[]) => `files below ${list.join(', ')}`;
  const same = fs?.read?.join() === fs?.write?.join();
  const parts: readonly (string | false | undefined)[] = [
    fs?.read !== undefined && fs.write !== undefined && same && `reads and writes ${below(fs.read)}`,
    fs?.read !== undefined && !same && `reads ${below(fs.read)}`,
    fs?.write !== undefined && !same && `writes ${below(fs.write)}`,
    net && (net.length === 0 ? 'network: no host yet' : `network: ${net.join(', ')}`),
    env && env.length > 0 && `variables: ${env.join(', ')}`,
    secrets && (secrets.length === 0 ? 'secrets: none yet' : `secrets: ${secrets.join(', ')}`),
    model === true && 'asks language models',
    mcp === true && 'calls tools of other services',
    a2a === true && 'messages other agents',
    hitl === true && 'asks people',
  ];
  const told = parts.filter((part) => typeof part === 'string');
  return told.length === 0 ? 'none: it asks for nothing' : told.join('; ');
}

/** Only what we run ourselves has grants. */
function isProgram({ manifest }: ServiceRecord): boolean {
  const { origin } = manifest.spec as { readonly origin?: JsonObject };
  return origin?.type === 'local_wasm';
}

/** The program's functions, without what every wasm service answers. */
function ownTools(record: ServiceRecord): readonly JsonObject[] {
  const all = listedTools(record);
  const functions = all.filter(({ upstreamName }) => upstreamName.startsWith('fn__'));
  return (functions.length > 0 ? functions : all).map(({ definition }) => definition);
}

/** A tool of the module as its author calls it. */
function bareName({ name }: JsonObject): string {
  return typeof name === 'string' ? name.replace(/^fn__/, '') : '';
}

function bare(tool: JsonObject): JsonObject {
  return { ...tool, name: bareName(tool) };
}

function toolLine(tool: JsonObject): string {
  const description = typeof tool.description === 'string' ? tool.description : '';
  const sentence = /^.*?[.!?](?=\s|$)/s.exec(description.trim())?.[0] ?? description;
  return `${oneLine(toolSignature(bare(tool)))}${sentence === '' ? '' : `  ${oneLine(sentence)}`}`;
}

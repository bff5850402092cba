import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { readInterface } from '../../../compiler/interface/decode.ts';
import type { WasmOrigin } from '../../../manifest/index.ts';
import type { Artifact } from '../../../reconcile/ports.ts';
import { ClarityError, errorMessage } from '../../../shared/errors.ts';
import type { JsonObject } from '../../../shared/json.ts';
import type { Grants } from '../grants.ts';
import { toolList } from '../tools/tool-list.ts';
import { checkGrants } from './check-grants.ts';
import { checkInterface } from './check-interface.ts';
import { inspectModule } from './inspect-module.ts';

const MAX_TOOLS = 1_000;

/** What a service keeps of its module while nobody calls it. */
export interface PreparedModule {
  readonly tools: readonly JsonObject[];
  /** The comment block at the top of its entry file. */
  readonly doc: string | undefined;
  /** True where calls must not share an instance: globals of the module may change. What it has in its memory cannot be judged. */
  readonly stateful: boolean;
}

/** Everything that is checked before a module counts as running. Rejects with ClarityError ModuleInvalid or ImportNotGranted. */
export async function prepareModule(artifact: Artifact, grants: Grants, origin: WasmOrigin): Promise<PreparedModule> {
  const bytes = await readArtifact(artifact);
  const outline = await inspectModule(bytes, origin.limits.memoryPages);
  const importNames = outline.imports.map(({ name }) => name);
  checkGrants(importNames, grants, origin);
  const description = readInterface(bytes);
  if (description !== undefined) checkInterface(description, outline.exports);
  const tools = toolList({ description, signatures: outline.exports });
  if (tools.length > MAX_TOOLS) {
    const why = `${tools.length} functions would be tools, and ${MAX_TOOLS} are the most; mark those that are meant with \`export\``;
    throw new ClarityError('ModuleInvalid', `The module cannot be served: ${why}.`);
  }
  return {
    tools,
    doc: description?.doc,
    stateful: outline.hasMutableGlobals,
  };
}

async function readArtifact({ path, hash }: Artifact): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new ClarityError('StartFailed', `Its module cannot be read: ${errorMessage(error)}`, { cause: error });
  }
  if (hash === `sha256:${createHash('sha256').update(bytes).digest('hex')}`) return bytes;
  throw new ClarityError('StartFailed', `Its module ${path} is not the one that was stored: the file was changed.`);
}

import { toYaml } from '../../../manifest/index.ts';
import { isJsonObject, type JsonObject } from '../../../shared/json.ts';
import { provisionAnswer } from '../provisioning/provision.ts';
import { BOOLEAN, flag, input, outputOrProposal, SUM } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

interface Args {
  readonly manifest: JsonObject;
  readonly start_now: boolean;
  readonly introspect: boolean;
}

export const applyManifest = defineTool<Args>({
  name: 'runtime__apply_manifest',
  title: 'Apply a manifest',
  description:
    'Writes a manifest (clarity.runtime/v1) under services.d/mcp and waits until its service is ready or cannot be. What a person wrote by hand is refused.',
  inputSchema: input(
    {
      manifest: { type: 'object', description: 'The document: apiVersion, kind, metadata, spec.' },
      start_now: flag(true, 'Start it now and wait until it is ready; false writes it with autostart off.'),
      introspect: flag(true, 'Say whether its interface has been read.'),
    },
    ['manifest'],
  ),
  outputSchema: outputOrProposal({
    service: { anyOf: [SUM, { type: 'null' }] },
    applied: BOOLEAN,
    started: BOOLEAN,
    introspected: BOOLEAN,
  }),
  annotations: ANNOTATIONS.registering,
  gated: true,
  run: ({ manifest, start_now, introspect }, deps, call) =>
    provisionAnswer(deps, call, {
      tool: 'runtime__apply_manifest',
      text: toYaml(start_now ? manifest : notStarted(manifest)),
      introspect,
      done: 'applied',
      ownNameOnly: false,
    }),
});

/** Registered only, as the original did it. */
function notStarted(manifest: JsonObject): JsonObject {
  if (!isJsonObject(manifest.spec) || manifest.kind !== 'MCPService') return manifest;
  return { ...manifest, spec: { ...manifest.spec, autostart: false } };
}

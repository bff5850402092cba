import { provisionAnswer } from '../provisioning/provision.ts';
import { REGISTER_OUTPUT, REMOTE } from '../provisioning/register-inputs.ts';
import { remoteManifest, type RemoteArgs } from '../provisioning/remote-manifest.ts';
import { input, text } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

export const registerRemote = defineTool<RemoteArgs>({
  name: 'runtime__register_remote',
  title: 'Register a remote server',
  description: 'Makes an MCP server elsewhere a service, and waits until it is ready or cannot be.',
  inputSchema: input({ endpoint: text('Its http or https address, without a password.'), ...REMOTE }, ['endpoint']),
  outputSchema: REGISTER_OUTPUT,
  annotations: ANNOTATIONS.registering,
  gated: true,
  run: (args, deps, call) =>
    provisionAnswer(deps, call, {
      tool: 'runtime__register_remote',
      text: remoteManifest(args),
      introspect: args.introspect,
      done: 'created',
      ownNameOnly: true,
    }),
});

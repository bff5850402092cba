import { provisionAnswer } from '../provisioning/provision.ts';
import { REGISTER_OUTPUT, REMOTE } from '../provisioning/register-inputs.ts';
import { remoteManifest, type RemoteArgs } from '../provisioning/remote-manifest.ts';
import { input, text } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

export const registerViaUrl = defineTool<Omit<RemoteArgs, 'endpoint'> & { url: string }>({
  name: 'runtime__register_via_url',
  title: 'Register a remote server by its URL',
  description: 'As runtime__register_remote, for callers that only know a URL.',
  inputSchema: input({ url: text('Its http or https address, without a password.'), ...REMOTE }, ['url']),
  outputSchema: REGISTER_OUTPUT,
  annotations: ANNOTATIONS.registering,
  gated: true,
  run: (args, deps, call) =>
    provisionAnswer(deps, call, {
      tool: 'runtime__register_via_url',
      text: remoteManifest({ ...args, endpoint: args.url }),
      introspect: args.introspect,
      done: 'created',
      ownNameOnly: true,
    }),
});

import { AUTH_FILE_REF, BOOLEAN, input, output, TEXT } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

export const setAuthSecret = defineTool<{ auth_ref: string; secret: string }>({
  name: 'runtime__set_auth_secret',
  title: 'Store a secret',
  description:
    'Writes a secret into the folder of secret files, for manifests to refer to. What a model is told may be kept by others: a person had better use clarityctl auth set-secret.',
  inputSchema: input(
    {
      auth_ref: AUTH_FILE_REF,
      secret: { type: 'string', minLength: 1, maxLength: 65_536, description: 'The secret itself.' },
    },
    ['auth_ref', 'secret'],
  ),
  outputSchema: output({ authRef: TEXT, provider: TEXT, path: TEXT, written: BOOLEAN }),
  annotations: ANNOTATIONS.destructive,
  gated: true,
  run: async ({ auth_ref, secret }, { secrets }) => {
    const { authRef, provider, path } = await secrets.write(auth_ref, secret);
    return { json: { authRef, provider, path, written: true } };
  },
});

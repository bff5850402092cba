import { AUTH_FILE_REF, BOOLEAN, input, output, TEXT } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

export const deleteAuthSecret = defineTool<{ auth_ref: string }>({
  name: 'runtime__delete_auth_secret',
  title: 'Delete a stored secret',
  description: 'Deletes a secret file; services that refer to it do not start any more.',
  inputSchema: input({ auth_ref: AUTH_FILE_REF }, ['auth_ref']),
  outputSchema: output({ authRef: TEXT, provider: TEXT, path: TEXT, deleted: BOOLEAN }),
  annotations: ANNOTATIONS.destructive,
  gated: true,
  run: async ({ auth_ref }, { secrets }) => {
    const { authRef, provider, path, deleted } = await secrets.remove(auth_ref);
    return { json: { authRef, provider, path, deleted } };
  },
});

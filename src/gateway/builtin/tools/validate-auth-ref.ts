import { AUTH_REF, BOOLEAN, input, output, TEXT, TEXTS } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

export const validateAuthRef = defineTool<{ auth_ref: string }>({
  name: 'runtime__validate_auth_ref',
  title: 'Check a reference to a secret',
  description: 'Says whether the secret behind a reference is there and can be used; never the secret itself.',
  inputSchema: input({ auth_ref: AUTH_REF }, ['auth_ref']),
  outputSchema: output({
    authRef: TEXT,
    provider: TEXT,
    target: TEXT,
    redactedTarget: TEXT,
    valid: BOOLEAN,
    issues: TEXTS,
    headerKeys: TEXTS,
    source: { enum: ['file', 'environment'] },
  }),
  annotations: ANNOTATIONS.reading,
  run: async ({ auth_ref }, { secrets }) => ({ json: { ...(await secrets.validate(auth_ref)) } }),
});

import { describe, expect, it } from 'vitest';
import { NO_GRANTS, sharedRig } from '../helpers/wasm-sandbox.ts';

const rig = sharedRig();
const values = { KEY: 'k-1' };

describe('a secret', () => {
  it('that is granted is given', async () => {
    const program = rig.open(undefined, { grants: { ...NO_GRANTS, values } });
    expect(await program.text('secret', { name: 'KEY' })).toBe('k-1');
    expect(program.refusals).toEqual([]);
  });

  it.each(['HOME', 'PATH', '__proto__', 'toString'])(
    'that is not granted ends the call and is audited: %s',
    async (name) => {
      const program = rig.open(undefined, { grants: { ...NO_GRANTS, values } });
      expect(await program.text('secret', { name })).toContain(
        `The program asked for the secret \`${name}\`, which it is not granted. To allow it, add to the manifest: spec.origin.capabilities.secrets: [${name}]`,
      );
      expect(program.refusals).toEqual([expect.objectContaining({ need: 'secrets' })]);
    },
  );

  it('that an original manifest does not name is None, and is audited', async () => {
    const program = rig.open(undefined, { grants: { ...NO_GRANTS, declared: false, values } });
    expect(await program.text('secret', { name: 'KEY' })).toBe('k-1');
    expect(await program.text('secret', { name: 'HOME' })).toBe('(none)');
    expect(program.refusals).toEqual([
      {
        need: 'secrets',
        message: 'The program asked for the secret `HOME`, which it is not granted.',
        add: 'spec.origin.env: [{name: HOME, secretRef: …}]',
      },
    ]);
  });

  it('cannot be asked for where none is granted at all', async () => {
    const program = rig.open();
    expect(await program.text('secret', { name: 'HOME' })).toContain('not offered');
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseManifests, type ServiceManifest } from '../../src/manifest/index.ts';
import { cli } from '../helpers/run-cli.ts';

const shipped = (text: string) => parseManifests('services.d/text-tools.yaml', text).documents[0]?.document;

describe('services.d/text-tools.yaml', () => {
  it('says what `clarityctl add` would write, so that adding the example again changes nothing', async () => {
    const { code, stdout } = await cli(['add', 'examples/clarity/text-tools', '--dry-run']);
    expect(code).toBe(0);
    const { metadata, ...rest } = shipped(stdout) as ServiceManifest;
    expect(shipped(readFileSync('services.d/text-tools.yaml', 'utf8'))).toEqual({
      ...rest,
      metadata: { ...metadata, annotations: {} },
    });
  });
});

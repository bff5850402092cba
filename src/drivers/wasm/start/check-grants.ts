import { asksOf, fileGrants, type Ask, type WasmOrigin } from '../../../manifest/index.ts';
import { ClarityError } from '../../../shared/errors.ts';
import { isGranted, type Grants } from '../grants.ts';

/** What a daemon does not have for any service. */
const NOWHERE: Partial<Record<Ask['need'], string>> = {
  terminal: 'a terminal, which a service does not have',
  port: 'a port of its own to listen on, which a service does not have: its functions are called through the gateway',
};

/**
 * Refuses a module that asks for more than its manifest grants: every import that it may not call, and the lines that would grant it (manifest.md,
 * capabilities). Throws ClarityError ImportNotGranted.
 */
export function checkGrants(importNames: readonly string[], grants: Grants, origin: WasmOrigin): void {
  const asks = asksOf(importNames);
  const refused = asks.filter(({ need }) => !isGranted(grants, need));
  if (refused.length === 0) return;
  const sentences = refused.map(({ need, imports }) => {
    const names = imports.map((name) => `\`${name}\``).join(', ');
    return `${names} ${imports.length === 1 ? 'needs' : 'need'} ${NOWHERE[need] ?? `the capability ${need}`}.`;
  });
  // Where a manifest names no capabilities some hold by themselves, and would not any more.
  const toName = grants.declared ? refused : asks;
  const lines = toName.flatMap((ask) => lineFor(ask, origin) ?? []);
  const grantable = refused.some(({ need }) => NOWHERE[need] === undefined);
  const advice = grantable ? ` Add to the manifest: spec.origin.capabilities: { ${lines.join(', ')} }` : '';
  throw new ClarityError(
    'ImportNotGranted',
    `The module asks for what it is not granted: ${sentences.join(' ')}${advice}`,
  );
}

/** One capability as it is written, as narrow as can be known here; undefined for what no line grants. */
function lineFor({ need, imports }: Ask, { env }: WasmOrigin): string | undefined {
  switch (need) {
    case 'terminal':
    case 'port':
      return undefined;
    case 'net':
      return 'net: []';
    case 'fs':
      return `fs: { ${fileGrants(imports)
        .map((way) => `${way}: [.]`)
        .join(', ')} }`;
    case 'env':
    case 'secrets': {
      const names = (secret: boolean) =>
        env.flatMap((entry) => ((entry.secretRef !== undefined) === secret ? [entry.name] : [])).join(', ');
      const plain = names(false);
      return `secrets: [${names(true)}]${plain === '' ? '' : `, env: [${plain}]`}`;
    }
    default:
      return `${need}: true`;
  }
}

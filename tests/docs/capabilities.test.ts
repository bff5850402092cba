import { expect, it } from 'vitest';
import { BUILTIN_NAMES, builtinNamed } from '../../src/compiler/builtins/builtin.ts';
import { BLOCKING } from '../../src/drivers/wasm/blocking.ts';
import { asksOf, type Need } from '../../src/manifest/index.ts';

const HEAD = `# Capabilities

What a Clarity program asks for by the host functions that it imports, and the capability of its manifest (\`spec.origin.capabilities\`) that grants it.
Effects stand in the source, imports in the module: the module decides, so that a prebuilt one is held to the same. What is not listed here needs no grant.
Those in *italics* wait for somebody outside: their call gives back its place among those that compute. How it all works: [services](../clarity/services.md).

Made from \`src/manifest/capabilities.ts\`; \`npx vitest run tests/docs -u\` writes it anew.

| capability | effects | imports |
|---|---|---|
`;

const NO_CAPABILITY: Partial<Record<Need, string>> = {
  terminal: 'none: a service has no terminal',
  port: 'none: a service listens on no port',
  secrets: '`secrets`, `env`',
};

const names = [...new Set([...BUILTIN_NAMES, ...Object.keys(BLOCKING)])];

it('docs/reference/capabilities.md lists what each capability lets a program call', async () => {
  const rows = asksOf(names).map(({ need, imports }) => {
    const effects = new Set(imports.flatMap((name) => builtinNamed(name)?.effects ?? []));
    const shown = imports.map((name) => (Object.hasOwn(BLOCKING, name) ? `*${name}*` : name));
    return `| ${NO_CAPABILITY[need] ?? `\`${need}\``} | ${[...effects].sort().join(', ')} | ${shown.join(', ')} |\n`;
  });
  await expect(HEAD + rows.join('')).toMatchFileSnapshot('../../docs/reference/capabilities.md');
});

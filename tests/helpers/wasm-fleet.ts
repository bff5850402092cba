import type { ServiceItem } from '../../src/wire/types.ts';
import { Workspace, type Daemon } from './daemon.ts';
import { clarityc } from './run-clarityc.ts';

/** One module for all services of a fleet: nothing is compiled when a manifest comes. */
const MODULE = 'made.wasm';

/** A workspace with that module; each of its services has one tool, `NAME__fn__answer`, that says `made`. */
export async function wasmWorkspace(): Promise<Workspace> {
  const workspace = await Workspace.create({
    'made.clarity': 'module Made\n\nexport function answer() -> String { "made" }\n',
  });
  const { code } = await clarityc(['compile', workspace.path('made.clarity'), '-o', workspace.path(MODULE)]);
  if (code !== 0) throw new Error('the module does not compile');
  return workspace;
}

/** A manifest of a service of that module; `spec` is YAML of further spec lines, each indented by two. */
export function fleetManifest(name: string, spec = ''): string {
  return `apiVersion: clarity.runtime/v1
kind: MCPService
metadata:
  name: ${name}
spec:
${spec}  origin:
    type: local_wasm
    wasmPath: ${MODULE}
    limits: { timeoutMs: 60000 }
`;
}

/** What a daemon says of each service, by name. */
export async function itemsOf(daemon: Daemon): Promise<ReadonlyMap<string, ServiceItem>> {
  const { items } = (await (await fetch(`${daemon.url}/api/services`)).json()) as { items: ServiceItem[] };
  return new Map(items.map((item) => [item.name, item]));
}

/** Who has been let go since the daemon began, in order; it logs each. */
export function removedBy(daemon: Daemon): readonly string[] {
  return [...daemon.stderr.matchAll(/(\S+) is gone\b/g)].map(([, name = '']) => name);
}

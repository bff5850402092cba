import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** The entry file of an MCP server from npm. */
export function serverEntry(name: 'everything' | 'filesystem' | 'memory'): string {
  return join(dirname(require.resolve(`@modelcontextprotocol/server-${name}/package.json`)), 'dist', 'index.js');
}

/** A manifest of a stdio service; `spec` is YAML of further spec lines, each indented by two. */
export function stdioManifest(name: string, args: readonly string[], spec = '', command = process.execPath): string {
  return `apiVersion: clarity.runtime/v1
kind: MCPService
metadata:
  name: ${name}
spec:
${spec}  origin:
    type: local_stdio
    command: ${JSON.stringify(command)}
    args: ${JSON.stringify(args)}
`;
}

/** A manifest of a remote service. */
export function remoteManifest(
  name: string,
  endpoint: string,
  transport: 'streamable_http' | 'sse_http' = 'streamable_http',
  spec = '',
): string {
  return `apiVersion: clarity.runtime/v1
kind: MCPService
metadata:
  name: ${name}
spec:
${spec}  origin:
    type: remote_mcp
    endpoint: ${endpoint}
    transport: ${transport}
`;
}

/** A manifest of a Clarity service; `origin` is YAML of further origin lines, each indented by four. */
export function clarityManifest(name: string, sourceFile: string, origin = ''): string {
  return `apiVersion: clarity.runtime/v1
kind: MCPService
metadata:
  name: ${name}
  sourceFile: ${sourceFile}
spec:
  origin:
    type: local_wasm
${origin}`;
}

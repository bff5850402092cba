/** The revisions this gateway speaks, newest first; the modern era (2026-07-28) is not among them yet (mcp-gateway §0). */
export const PROTOCOL_VERSIONS = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'] as const;

export type ProtocolVersion = (typeof PROTOCOL_VERSIONS)[number];

/** The only revision that knows JSON-RPC batches. */
export const BATCH_VERSION: ProtocolVersion = '2025-03-26';

export function isSupportedVersion(version: unknown): version is ProtocolVersion {
  return (PROTOCOL_VERSIONS as readonly unknown[]).includes(version);
}

/** The version to answer an initialize with: the one asked where we speak it, else our newest (mcp-gateway §1.11). */
export function negotiateVersion(asked: string): ProtocolVersion {
  return isSupportedVersion(asked) ? asked : PROTOCOL_VERSIONS[0];
}

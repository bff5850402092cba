import type { ServedService } from '../../reconcile/ports.ts';

/** Characters of all instructions together. */
const MAX_CHARS = 8 * 1024;

/** Each service's instructions under its namespace, cut to an equal share of 8 KiB (mcp-gateway §3.9); undefined where none has any. */
export function mergeInstructions(services: readonly ServedService[]): string | undefined {
  const spoken = services.filter((service) => (service.interface.instructions ?? '').trim() !== '');
  if (spoken.length === 0) return undefined;
  const share = Math.floor(MAX_CHARS / spoken.length);
  return spoken
    .map((service) => section(service.namespace, service.interface.instructions ?? '', share))
    .join('\n\n')
    .slice(0, MAX_CHARS);
}

function section(namespace: string, instructions: string, share: number): string {
  const text = `## ${namespace}\n\n${instructions.trim()}`;
  return text.length < share ? text : `${text.slice(0, share - 3).replace(/[\ud800-\udbff]$/, '')}…`;
}

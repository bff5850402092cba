import { METRICS, type MetricName } from './table.ts';

/** HELP and TYPE of a family, and the samples that follow, in Prometheus's text format 0.0.4. */
export async function textFamily(name: MetricName, samples: AsyncIterable<string>): Promise<string> {
  const { help, type } = METRICS[name];
  const parts = [`# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`];
  for await (const part of samples) parts.push(part);
  return parts.join('');
}

/** A value between quotes, as a label wants it. */
export function labelValue(text: string): string {
  // Nearly every name is a plain one.
  if (!/[\\"\n]/.test(text)) return `"${text}"`;
  return `"${text.replace(/[\\"\n]/g, (c) => (c === '\n' ? '\\n' : `\\${c}`))}"`;
}

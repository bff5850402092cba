import type { Span } from '../source/source-file.ts';
import type { Body } from './body.ts';

/** The largest Int64; the smallest is one further from zero. */
export const MAX_INT = 2n ** 63n - 1n;

/** Reports a literal, in an expression or in a pattern, that is larger than MAX_INT. */
export function reportIntRange(body: Body, value: bigint, at: Span): void {
  const digits = value.toString();
  body.error(
    'int-range',
    at,
    `${digits.length > 40 ? `This number of ${digits.length} digits` : digits} does not fit into \`Int64\`.`,
    `The largest \`Int64\` is ${MAX_INT}, the smallest -${MAX_INT + 1n}.`,
  );
}

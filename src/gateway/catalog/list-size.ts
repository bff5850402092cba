import type { ListSize } from '../../reconcile/ports.ts';
import { estimateTokens } from '../../shared/token-estimate.ts';
import type { Row } from './exposed-list.ts';

/** How much a list of these rows is. */
export function sizeOfRows(rows: readonly Row[]): ListSize {
  return { tools: rows.length, tokens: estimateTokens(rows.map(({ json }) => json)) };
}

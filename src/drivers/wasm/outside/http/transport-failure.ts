import { errorCode } from '../../../../shared/errors.ts';
import { oneLine } from '../../../../shared/text.ts';
import { CONNECT_FAILURES } from '../../../connect-failures.ts';
import { PlainFailure } from '../plain-failure.ts';

/** A failure below HTTP as a sentence. It names the host only: paths and queries can hold secrets. */
export function transportFailure(error: unknown, url: URL): PlainFailure {
  if (error instanceof PlainFailure) return error;
  const code = errorCode(error) ?? '';
  return new PlainFailure(`${oneLine(url.host)} cannot be reached: ${reason(code)}.`, { cause: error });
}

function reason(code: string): string {
  const early = CONNECT_FAILURES[code];
  if (early !== undefined) return early;
  if (/CERT|TLS|SSL|SELF_SIGNED/.test(code)) return `its certificate or TLS connection cannot be used (${code})`;
  if (code.startsWith('HPE_') || code === 'UND_ERR_HEADERS_OVERFLOW')
    return `it does not speak HTTP as it should (${code})`;
  if (code.startsWith('Z_') || code.startsWith('ERR__')) return 'its answer is not encoded as it says';
  return `the connection broke (${code === '' ? 'closed' : code})`;
}

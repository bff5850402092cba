import { DeadlineError } from '../../shared/abort.ts';
import { ClarityError, ERRORS, errorCode, errorMessage } from '../../shared/errors.ts';
import { isJsonObject, type Json } from '../../shared/json.ts';
import { RpcError } from '../../shared/json-rpc.ts';
import { printable } from '../../shared/text.ts';

const MAX_DIAGNOSTICS = 10;

/** What the model is told of an error that it, or a person, can do something about; undefined for a fault of ours and for errors of the protocol. */
export function refusalOf(error: unknown): string | undefined {
  if (error instanceof ClarityError) {
    if (error.code === 'Internal') return undefined;
    const lines = [sentence(error.message), ERRORS[error.code].todo, ...diagnosticsOf(error.data)];
    return printable(lines.join('\n'));
  }
  if (error instanceof DeadlineError) return `${sentence(error.message)}\nIt may still happen: look again later.`;
  if (error instanceof RpcError) return undefined;
  // What the file system or the network refuses: EACCES, ENOSPC and their kin.
  if (/^E[A-Z0-9]+$/.test(errorCode(error) ?? '')) return printable(sentence(errorMessage(error)));
  return undefined;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** As they are rendered for people, each with its place and a frame. */
function diagnosticsOf(data: Json | undefined): readonly string[] {
  const list = isJsonObject(data) && Array.isArray(data.diagnostics) ? (data.diagnostics as readonly Json[]) : [];
  return list
    .slice(0, MAX_DIAGNOSTICS)
    .flatMap((item) => (isJsonObject(item) && typeof item.text === 'string' ? [item.text] : []));
}

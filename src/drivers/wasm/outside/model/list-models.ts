import { isJsonObject, type Json } from '../../../../shared/json.ts';
import type { OutsideCall } from '../operation.ts';
import { PlainFailure } from '../plain-failure.ts';
import type { ModelClient } from './model-client.ts';
import { FORMATS, providerOf } from './provider.ts';
import type { WireFormat } from './wire-format.ts';

/** The ids of all models of the providers that the service is set up for; those of a provider that fails are left out. */
export async function listModels(client: ModelClient, call: OutsideCall): Promise<readonly string[]> {
  const { env } = call.program;
  const known = FORMATS.filter(({ keyName, baseUrlName }) => (env[keyName] ?? env[baseUrlName]) !== undefined);
  const lists = await Promise.all(known.map((format) => idsOf(client, format, call)));
  return lists.flat();
}

async function idsOf(client: ModelClient, format: WireFormat, call: OutsideCall): Promise<readonly string[]> {
  try {
    const provider = providerOf(call.program, format);
    const { data } = await client.exchange(provider, format.modelsPath, undefined, call);
    const entries = Array.isArray(data) ? (data as readonly Json[]) : [];
    return entries.flatMap((entry) => (isJsonObject(entry) && typeof entry.id === 'string' ? [entry.id] : []));
  } catch (error) {
    // The type of the import has no place for the reason.
    if (error instanceof PlainFailure) return [];
    throw error;
  }
}

import { isJsonObject, type Json } from '../shared/json.ts';

const SECRET_NAME =
  /secret|token|passw|passphrase|pwd|credential|authorization|cookie|private|signature|(^|[^a-z])(auth|pat|bearer|key)([^a-z]|$)|apikey|accesskey|(_|-)key|(^|_)dsn($|_)|database_url|connection_string/i;

/** Fields of the manifest whose name only sounds secret: they name a place, a number or a list. */
const NOT_SECRET = new Set(['secretRef', 'authRef', 'apiKeyEnv', 'secrets', 'tokens', 'inheritEnv']);

/** True for the name of a variable or header whose value is likely a secret. */
export function looksSecret(name: string): boolean {
  return !NOT_SECRET.has(name) && SECRET_NAME.test(name);
}

/** The value with the value of each `{name, value}` entry of a secret-looking name replaced by asterisks. */
export function maskSecrets(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => maskSecrets(item));
  if (!isJsonObject(value)) return value;
  const secret = typeof value.name === 'string' && looksSecret(value.name) && typeof value.value === 'string';
  const members = Object.entries(value).map(([key, member]) => [
    key,
    member === undefined ? member : maskSecrets(member),
  ]);
  return { ...(Object.fromEntries(members) as typeof value), ...(secret ? { value: '********' } : {}) };
}

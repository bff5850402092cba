import { MASK } from '../shared/mask.ts';
import { isJsonObject, type Json } from '../shared/json.ts';

const SECRET_NAME =
  /secret|token|passw|passphrase|pwd|credential|authorization|cookie|private|signature|(^|[^a-z])(auth|pat|bearer|key)([^a-z]|$)|apikey|accesskey|(_|-)key|(^|_)dsn($|_)|database_url|connection_string/i;

/** Fields of the manifest whose name only sounds secret: they name a place, a number or a list. */
const NOT_SECRET = new Set(['secretRef', 'authRef', 'apiKeyEnv', 'secrets', 'tokens', 'inheritEnv']);

/** True for the name of a variable or header whose value is likely a secret. */
export function looksSecret(name: string): boolean {
  return !NOT_SECRET.has(name) && SECRET_NAME.test(name);
}

/** The text with the password of each URL replaced by as many asterisks. */
export function maskUserinfo(text: string): string {
  return text.replace(
    /(:\/\/[^\s/:@]*:)([^\s/@]+)(?=@)/g,
    (_, before: string, password: string) => before + '*'.repeat(password.length),
  );
}

/** The value with passwords in URLs, and the value of each `{name, value}` entry of a secret-looking name, replaced by asterisks. */
export function maskSecrets(value: Json): Json {
  if (typeof value === 'string') return maskUserinfo(value);
  if (Array.isArray(value)) return value.map((item: Json) => maskSecrets(item));
  if (!isJsonObject(value)) return value;
  const secret = typeof value.name === 'string' && looksSecret(value.name) && typeof value.value === 'string';
  const members = Object.entries(value).flatMap(([key, member]) =>
    member === undefined ? [] : [[key, maskSecrets(member)] as const],
  );
  return { ...Object.fromEntries(members), ...(secret ? { value: MASK } : {}) };
}

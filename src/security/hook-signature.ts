import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Where a forge puts its signature: hex of HMAC-SHA256 over the raw body, `sha256=` before it or not. */
const SIGNATURES = ['x-hub-signature-256', 'x-signature-256', 'x-gitea-signature', 'x-forgejo-signature'] as const;
/** GitLab signs nothing and sends the secret itself. */
const TOKEN = 'x-gitlab-token';
/** Stands for a secret that nobody has set: the answer takes as long. */
const NOBODYS = randomBytes(32).toString('hex');

/**
 * True where a webhook comes from somebody who knows the secret: GitHub, Gitea, Forgejo, GitLab, or whoever signs the same way (reconcile-behaviour
 * §2). One right signature is enough, since some forges send several. All comparisons take the same time.
 */
export function isSignedHook(headers: Headers, body: Uint8Array, secret: string = NOBODYS): boolean {
  const wanted = createHmac('sha256', secret).update(body).digest();
  const signed = SIGNATURES.some((name) => {
    const given = headers[name];
    const hex = typeof given === 'string' ? /^(?:sha256=)?([0-9a-f]{64})$/i.exec(given.trim())?.[1] : undefined;
    return hex !== undefined && timingSafeEqual(Buffer.from(hex, 'hex'), wanted);
  });
  const token = headers[TOKEN];
  return signed || (typeof token === 'string' && timingSafeEqual(digestOf(token), digestOf(secret)));
}

/** The secret of the hook of a source: its own variable, else the one of all; undefined where none is set. */
export function hookSecret(env: Readonly<Record<string, string | undefined>>, source: string): string | undefined {
  const own = env[`CLARITY_HOOK_SECRET_${source.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`]?.trim() ?? '';
  const common = env.CLARITY_HOOK_SECRET?.trim() ?? '';
  if (own !== '') return own;
  return common === '' ? undefined : common;
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

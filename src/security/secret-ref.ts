import type { SecretProvider } from '../reconcile/ports.ts';
import { ClarityError } from '../shared/errors.ts';

/** Where a secret lies (original contract §11). */
export type SecretPlace =
  | { readonly provider: 'env'; readonly variable: string; readonly header?: string }
  | { readonly provider: 'file'; readonly path: string };

/** A reference taken apart, whether or not it can be understood. */
export interface SplitRef {
  readonly provider: SecretProvider;
  /** What stands after the provider; the whole text of a bare legacy name. */
  readonly target: string;
}

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
const HEADER = /^[A-Za-z0-9-]+$/;

/**
 * The place behind `env:VAR`, `file:PATH`, `header_env:Header:VAR`, `legacy_env:NAME` or a bare legacy name.
 * Throws ClarityError SecretNotFound where the text is none of these.
 */
export function parseSecretRef(ref: string): SecretPlace {
  const { provider, target } = splitSecretRef(ref);
  switch (provider) {
    case 'env':
      return { provider: 'env', variable: variable(ref, target) };
    case 'file':
      if (target === '') throw malformed(ref, 'no path stands after file:');
      return { provider: 'file', path: target };
    case 'header_env':
      return headerPlace(ref, target);
    case 'legacy_env':
      return { provider: 'env', variable: legacyVariable(ref, target) };
  }
}

/** The provider and its target; what names no provider is a legacy name (original contract §11). */
export function splitSecretRef(ref: string): SplitRef {
  const text = ref.trim();
  const [, provider, target = ''] = /^(legacy_env|env|file|header_env):(.*)$/is.exec(text) ?? [];
  if (provider === undefined) return { provider: 'legacy_env', target: text };
  return { provider: provider.toLowerCase() as SecretProvider, target };
}

function headerPlace(ref: string, target: string): SecretPlace {
  const [, header = '', name = ''] = /^([^:]*):(.*)$/s.exec(target) ?? [];
  if (!HEADER.test(header) || header.toLowerCase() === 'content-type')
    throw malformed(ref, 'it must be header_env:Header-Name:VARIABLE, and not content-type');
  return { provider: 'env', variable: variable(ref, name), header };
}

function legacyVariable(ref: string, name: string): string {
  if (name === '') throw malformed(ref, 'it is empty');
  return `CLARITY_REMOTE_AUTH_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
}

function variable(ref: string, name: string): string {
  if (VARIABLE.test(name)) return name;
  throw malformed(ref, 'the name of an environment variable has only letters, digits and _');
}

function malformed(ref: string, why: string): ClarityError {
  return new ClarityError('SecretNotFound', `secretRef ${JSON.stringify(ref)} cannot be understood: ${why}`);
}

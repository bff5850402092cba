import type { SecretAdmin, SecretCheck, SecretProvider, SecretResolver } from '../reconcile/ports.ts';
import { ClarityError, errorMessage } from '../shared/errors.ts';
import type { SecretFiles } from './secret-files.ts';
import { parseSecretRef, splitSecretRef } from './secret-ref.ts';

export interface SecretAdminOptions {
  readonly files: SecretFiles;
  readonly resolver: SecretResolver;
  /** References that declared services name. */
  readonly named: () => Iterable<string>;
  /** Whoever may write secrets may ask for any of them. */
  readonly mayAskAll: boolean;
  /** A file was written or removed; `means` is true of references to it. */
  readonly onChange: (means: (ref: string) => boolean) => void;
}

const PROVIDERS: readonly SecretProvider[] = ['legacy_env', 'env', 'file', 'header_env'];

/**
 * Secrets as people and tools administer them (original contract §1g). The original told of every variable of the daemon whether it is set;
 * here that is told of the names made for it only: files below the folder, CLARITY_REMOTE_AUTH_*, and variables that a service names.
 */
export function createSecretAdmin(options: SecretAdminOptions): SecretAdmin {
  const { files, onChange } = options;
  const changed = (place: string) => onChange((ref) => isFile(files, ref, place));
  return {
    async providers() {
      const providers = PROVIDERS.map((name) => ({ name, supported: true as const }));
      return { providers, fileRoot: files.root, fileRootExists: await files.exists() };
    },
    async list() {
      const paths = await files.list();
      return paths.map((relativePath) => ({ authRef: `file:${relativePath}`, relativePath }));
    },
    async write(authRef, secret) {
      const place = await files.write(fileTarget(authRef), secret);
      changed(place);
      return { authRef, provider: 'file', path: place };
    },
    async remove(authRef) {
      const path = fileTarget(authRef);
      const deleted = await files.remove(path);
      if (deleted) changed(files.place(path));
      return { authRef, provider: 'file', path: files.place(path), deleted };
    },
    async validate(authRef) {
      const { provider, target } = splitSecretRef(authRef);
      const issues = await issuesOf(options, authRef);
      return {
        authRef,
        provider,
        target,
        redactedTarget: redactTarget(provider, target),
        valid: issues.length === 0,
        issues,
        headerKeys: headerKeys(authRef),
        source: provider === 'file' ? 'file' : 'environment',
      };
    },
  };
}

/** Why nothing can be made of the reference; empty where something can. */
async function issuesOf(options: SecretAdminOptions, authRef: string): Promise<readonly string[]> {
  try {
    // What cannot be understood is told of any text: that says nothing of this machine.
    parseSecretRef(authRef);
    if (!mayAsk(options, authRef))
      return [
        'whether that variable is set is told only where a service names it, or with CLARITY_ENABLE_MCP_PROVISIONING=1',
      ];
    await options.resolver.resolveHeader(authRef);
    return [];
  } catch (error) {
    if (error instanceof ClarityError && error.code === 'SecretNotFound') return [errorMessage(error)];
    throw error;
  }
}

function mayAsk({ mayAskAll, named }: SecretAdminOptions, authRef: string): boolean {
  const { provider } = splitSecretRef(authRef);
  if (mayAskAll || provider === 'file' || provider === 'legacy_env') return true;
  const variable = variableOf(authRef);
  for (const ref of named()) if (variableOf(ref) === variable) return true;
  return false;
}

/** Undefined for files, and for what cannot be understood. */
function variableOf(ref: string): string | undefined {
  return attempt(() => {
    const place = parseSecretRef(ref);
    return place.provider === 'env' ? place.variable : undefined;
  });
}

function headerKeys(authRef: string): readonly string[] {
  return (
    attempt(() => {
      const place = parseSecretRef(authRef);
      return [place.provider === 'env' && place.header !== undefined ? place.header : 'Authorization'];
    }) ?? []
  );
}

/** Original contract §11. */
function redactTarget(provider: SecretCheck['provider'], target: string): string {
  if (provider === 'file') return `.../${target.split(/[/\\]/).at(-1) ?? ''}`;
  if (provider === 'header_env') return `${target.split(':', 1)[0] ?? ''}:***`;
  return target.length <= 4 ? '***' : `${target.slice(0, 2)}***${target.slice(-2)}`;
}

function fileTarget(authRef: string): string {
  const { provider, target } = splitSecretRef(authRef);
  if (provider === 'file') return target;
  throw new ClarityError('BadRequest', `only file:PATH can be written and deleted, not a secret of ${provider}`);
}

function isFile(files: SecretFiles, ref: string, place: string): boolean {
  const { provider, target } = splitSecretRef(ref);
  return provider === 'file' && attempt(() => files.place(target)) === place;
}

/** Undefined where the reference cannot be understood, or leads out of the folder. */
function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof ClarityError) return undefined;
    throw error;
  }
}

/** What every child gets of the daemon's variables (manifest.md, local_stdio). */
const PASSED = new Set(
  'PATH HOME USER LOGNAME SHELL TERM LANG TZ TMPDIR SSL_CERT_FILE SSL_CERT_DIR NODE_EXTRA_CA_CERTS'.split(' '),
);
const PASSED_PREFIXES = ['LC_', 'XDG_'];
/** Read in both spellings by most programs. */
const PROXIES = new Set(['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']);

/**
 * The environment of a child: the fixed allow-list and the names in `inherit` out of `parent`, then `own` over it.
 * npm's variables are never inherited, not even by name: they make an npx child believe that it runs inside of our install.
 */
export function childEnvironment(
  parent: Readonly<Record<string, string | undefined>>,
  inherit: readonly string[],
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  const asked = new Set(inherit);
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(parent)) {
    if (value !== undefined && (isPassed(name) || asked.has(name)) && !/^npm_/i.test(name)) env[name] = value;
  }
  return { ...env, ...own };
}

function isPassed(name: string): boolean {
  return (
    PASSED.has(name) || PROXIES.has(name.toUpperCase()) || PASSED_PREFIXES.some((prefix) => name.startsWith(prefix))
  );
}

import type { ImportGroup } from './import-group.ts';

/** What the program may do, as far as it can ask beforehand (language.md §11 policy). */
export const policyImports: ImportGroup = ({ memory, environment }) => ({
  policy_is_url_allowed: (url: number) => (hostAllowed(environment.policy?.allowHosts, memory.text(url)) ? 1 : 0),
  policy_is_effect_allowed: (effect: number) =>
    environment.policy?.denyEffects?.includes(memory.text(effect)) === true ? 0 : 1,
});

function hostAllowed(allowed: readonly string[] | undefined, url: string): boolean {
  if (allowed === undefined) return true;
  if (!URL.canParse(url)) return false;
  const { host, hostname } = new URL(url);
  return allowed.some((entry) => {
    const name = entry.toLowerCase();
    return name.startsWith('*.') ? hostname.endsWith(name.slice(1)) : name === hostname || name === host;
  });
}

import { looksSecret } from '../../manifest/index.ts';

/** How tokens of well-known services begin, a JWT, and a password inside of a URL. */
const VALUE =
  /^(Bearer |Basic |sk-|sk_|rk_|pk_live|ghp_|gho_|ghs_|ghu_|github_pat_|glpat-|xox[abeprs]-|AKIA[0-9A-Z]{12}|AIza|ya29\.|npm_|hf_|eyJ[\w-]{8,}\.)|:\/\/[^\s/:@]*:[^\s/@]+@/i;
/** A flag that only says where a secret lies. */
const PLACE = /(file|path|env|url|uri|name|dir|type|var)$/i;

/** True for a value that is likely a secret, whatever its name. */
export function looksLikeSecret(value: string): boolean {
  return VALUE.test(value);
}

/** The 1-based numbers of arguments that likely hold a secret: `--token X`, `--api-key=X`, `-e KEY=X`, `Authorization: …`, or a token as such. */
export function secretArguments(args: readonly string[]): readonly number[] {
  return args.flatMap((arg, index) => {
    const before = args[index - 1] ?? '';
    const follows = /^--?[A-Za-z]/.test(before) && !before.includes('=') && !arg.startsWith('-');
    const [, name = '', value = ''] = /^-{0,2}([\w.-]+)(?:=|:\s)(.+)$/s.exec(arg) ?? [];
    const secret =
      looksLikeSecret(arg) ||
      looksLikeSecret(value) ||
      (value !== '' && isSecretName(name)) ||
      (follows && isSecretName(before.replace(/^-+/, '')));
    return secret && !/^\$\{[^{}]+\}$/.test(arg) ? [index + 1] : [];
  });
}

/** True for a URL with a password, or a parameter that sounds like one. */
export function isSecretUrl(text: string): boolean {
  if (!URL.canParse(text)) return looksLikeSecret(text);
  const { username, password, searchParams } = new URL(text);
  return (
    username !== '' ||
    password !== '' ||
    [...searchParams].some(([name, value]) => looksSecret(name) || looksLikeSecret(value))
  );
}

function isSecretName(name: string): boolean {
  return looksSecret(name) && !PLACE.test(name);
}

/** Names for the secrets of one import: a name that two servers use for different values is told apart by the server. */
export class SecretVariables {
  readonly #values = new Map<string, string>();

  /** The variable that the daemon reads the value from: `wanted` where it is free or holds the same. */
  nameFor(server: string, wanted: string, value: string): string {
    const plain = variableName(wanted);
    for (let number = 0; ; number++) {
      const name = number === 0 ? plain : variableName(`${server}_${plain}${number === 1 ? '' : `_${String(number)}`}`);
      const held = this.#values.get(name);
      if (held !== undefined && held !== value) continue;
      this.#values.set(name, value);
      return name;
    }
  }
}

/** As a variable is written: upper-case letters, digits and _. */
export function variableName(text: string): string {
  const plain = text
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return /^[A-Z_]/.test(plain) ? plain : `_${plain}`;
}

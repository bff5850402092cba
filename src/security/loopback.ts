/** True for 127.0.0.0/8, strictly four decimal numbers without leading zeros: `127.1` and `0x7f.1` are ways around a list. */
function isLoopbackV4(address: string): boolean {
  const parts = /^127\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address)?.slice(1);
  return parts?.every((part) => Number(part) <= 255 && String(Number(part)) === part) ?? false;
}

/** True for a loopback name as a Host or Origin carries it: localhost, 127.0.0.0/8, [::1]. Case does not count. */
export function isLoopbackName(hostname: string): boolean {
  const name = hostname.toLowerCase();
  return name === 'localhost' || name === '[::1]' || isLoopbackV4(name);
}

/** True for a socket's remote address on this machine, also as an IPv4-mapped one. An unknown address is not. */
export function isLoopbackPeer(address: string | undefined): boolean {
  if (address === undefined) return false;
  return address === '::1' || isLoopbackV4(address.toLowerCase().replace(/^::ffff:/, ''));
}

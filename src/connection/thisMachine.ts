/**
 * Whether a host is the machine that the extension runs on: what is sent there crosses no network.
 *
 * @param hostname as in `URL.hostname`: IPv4 addresses are normalized, IPv6 ones are in brackets
 */
export function isThisMachine(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0|\[::\])$/.test(hostname)
}

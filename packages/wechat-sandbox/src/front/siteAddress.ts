/** Names of this machine: a site that is reached by one of them may call itself by another. */
const OWN_NAMES = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0)$/i

/** Whether a host name, or an address as a socket has it, means this machine. */
export const isOwnMachine = (hostname: string): boolean => OWN_NAMES.test(hostname)

const PRIVATE = /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)|^f[cd][\da-f]{2}:|^fe80:|^::1$/i

/** Whether the address of a socket is of this machine or of a network around it, where certificates are home-made. */
export function isNearby(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return isOwnMachine(plain) || PRIVATE.test(plain)
}

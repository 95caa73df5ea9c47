/** The path that the sandbox lives under, as this script's own address has it. */
export const SANDBOX_PATH = new URL('..', import.meta.url).pathname.slice(0, -1)

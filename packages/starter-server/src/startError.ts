/** What stops the start, and a person can mend: the message says how, and nobody needs the stack. */
export class StartError extends Error {}

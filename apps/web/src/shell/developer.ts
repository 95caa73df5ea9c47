/** Whether the address asked for the panel of `?debug=1`. Taken when the app starts: the parameter goes with the first link. */
export const asksForDebug = new URLSearchParams(globalThis.location?.search).has('debug')

/** Whether a developer looks at this page, and wants to know what visitors can do nothing about. */
export const forDeveloper = import.meta.env.DEV || asksForDebug

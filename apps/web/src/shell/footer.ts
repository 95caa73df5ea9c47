/**
 * What stands below every page, as the server wrote it (`apps/server/src/pages/footer.ts`). Taken when this module loads:
 * the app takes the place of what the server wrote.
 */
export const footer = globalThis.document?.querySelector('#app .footer')?.innerHTML ?? ''

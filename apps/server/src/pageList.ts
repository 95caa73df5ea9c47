// The pages that the server knows, a line each. Any other address is the app alone.
export { articlePage, listPage } from './articles/pages.ts' // demo
export { privacyPage, termsPage } from './legal/pages.ts'

export { doctor } from './doctor.ts'
export { toLines, type Finding } from './finding.ts'
export { languageOf, type Language } from './language.ts'

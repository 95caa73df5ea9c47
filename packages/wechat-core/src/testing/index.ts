export { storeSuite, type StoreSuiteOptions } from './storeSuite.ts'

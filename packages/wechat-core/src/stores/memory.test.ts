import { memoryStore } from './memory.ts'
import { storeSuite } from '../testing/index.ts'

storeSuite('memory', { open: async (now) => memoryStore({ now }) })

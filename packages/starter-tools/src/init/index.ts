export { countLines } from './countLines.ts'
export { MARK, removeDemo } from './demo.ts'

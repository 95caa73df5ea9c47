export { ask, Cancelled, proposed } from './answers.ts'
export { countLines } from './countLines.ts'
export { MARK, removeDemo } from './demo.ts'

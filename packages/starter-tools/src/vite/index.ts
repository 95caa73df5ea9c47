export { browserFiles, onlyBrowserFiles } from './browserFiles.ts'
export { reloadContent } from './reloadContent.ts'
export { sayDown, showServerState } from './serverState.ts'
export { isForServer } from './whoAnswers.ts'

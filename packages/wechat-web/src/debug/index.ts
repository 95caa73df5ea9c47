export { openPanel, type OpenPanelOptions } from './openPanel.ts'
export type { DebugLanguage } from './texts.ts'

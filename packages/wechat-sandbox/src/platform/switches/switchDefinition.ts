/** How sure a default is: stated by WeChat, resting on reports, or a misbehaviour that is off until it is wanted. */
export type SwitchMark = 'certain' | 'believed' | 'misbehaviour'

interface About {
  mark: SwitchMark
  /** The official document's title, or what else it rests on. */
  source: string
  en: string
  zh: string
}

export type SwitchDefinition = About &
  (
    | { kind: 'boolean'; default: boolean }
    | { kind: 'number'; default: number; max: number }
    | { kind: 'choice'; default: string; options: readonly string[] }
  )

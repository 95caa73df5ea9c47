/** One rule of WeChat that the sandbox emulates; `docs/sandbox-rules.md` shows the whole list. */
export interface Rule {
  text: string
  /** `certain`: stated by WeChat's documents or read in its script. `believed`: rests on consistent reports. */
  mark: 'certain' | 'believed'
  /** The official document's title, the script, or what else it rests on. */
  source: string
  /** The file that does it, from `src/`. */
  where: string
  /** The platform's switch or the bridge's quirk that turns it. */
  turnedBy: string | undefined
}

type Placeless = Omit<Rule, 'where'>

/** The rules that one file emulates. */
export function rulesOf(where: string, rules: Placeless[]): Rule[] {
  return rules.map((rule) => ({ ...rule, where }))
}

export function certain(text: string, source: string, turnedBy?: string): Placeless {
  return { text, mark: 'certain', source, turnedBy }
}

export function believed(text: string, source: string = REPORTS, turnedBy?: string): Placeless {
  return { text, mark: 'believed', source, turnedBy }
}

export const REPORTS = 'reports of developers'
export const ASSUMED = 'assumed, for want of a source'
export const SCRIPT = "read in Tencent's script"

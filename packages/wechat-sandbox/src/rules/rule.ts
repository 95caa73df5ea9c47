interface AnyRule {
  /** Words with hyphens. A test that holds the rule has it in its title, in brackets: `[token-overlap]`. */
  id: string
  text: string
  /** The platform's switch or the bridge's quirk that turns it. */
  turnedBy?: string
}

/**
 * One rule of WeChat that the sandbox emulates; `docs/sandbox-rules.md` shows the whole list.
 *
 * - `certain`: stated by WeChat's documents, or read in its script
 * - `believed`: rests on consistent reports, and may be wrong
 * - `assumed`: the sandbox has to do something there, and nothing tells what
 */
export type Rule = AnyRule &
  (
    | {
        confidence: 'certain' | 'believed'
        /** The official document's title, the script, or what else it rests on. */
        source: string
        /** When the source was last looked at. */
        checkedOn: string
      }
    | { confidence: 'assumed'; source?: undefined; checkedOn?: undefined }
  )

/** Writes a rule down. It stands in the room of the code that keeps it. @throws {Error} for an id that is none */
export function defineRule(rule: Rule): Rule {
  if (!RULE_ID.test(rule.id))
    throw new Error(`"${rule.id}" is no id of a rule: words with hyphens between them`)
  return rule
}

const RULE_ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/

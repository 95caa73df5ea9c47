import type { Rule } from 'wechat-sandbox/rules'

/** A row of the document's table: the rule's words, and how sure it is said to be. */
export interface ShownRule {
  text: string
  is: string
}

/** What is wrong between the rules, the tests that name them, and the document that shows them. */
export function problemsOf(
  rules: readonly Rule[],
  tests: readonly string[],
  shown: readonly ShownRule[],
): string[] {
  const named = new Set(tests.flatMap(idsIn))
  const known = new Set(rules.map(({ id }) => id))
  const twice = rules.filter(({ id }, at) => rules.findIndex((one) => one.id === id) !== at)
  return [
    ...twice.map(({ id }) => `${id} stands for two rules`),
    ...rules.filter(({ id }) => !named.has(id)).map(({ id }) => `${id} has no test`),
    ...[...named].filter((id) => !known.has(id)).map((id) => `a test names ${id}, which is no rule`),
    ...rules.flatMap(({ id, text, confidence }) => {
      const row = shown.find((one) => one.text === text)
      if (!row) return [`${id} is not in the document`]
      return row.is === confidence ? [] : [`${id} is ${confidence}, and the document says ${row.is}`]
    }),
  ]
}

/** The ids at the end of titles: `'… [first-rule] [second-rule]'`. */
const idsIn = (test: string): string[] =>
  [...test.matchAll(/\[([a-z][a-z0-9]*(?:-[a-z0-9]+)+)\](?=(?: \[[a-z0-9-]+\])*['"`],)/g)].map(
    ([, id = '']) => id,
  )

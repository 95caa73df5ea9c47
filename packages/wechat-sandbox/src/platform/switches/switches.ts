import { MISBEHAVIOURS } from './misbehaviours.ts'
import { RULE_SWITCHES } from './ruleSwitches.ts'
import type { SwitchDefinition } from './switchDefinition.ts'

/** Everything about the platform that can be turned. */
export const SWITCHES = { ...RULE_SWITCHES, ...MISBEHAVIOURS }

export type SwitchName = keyof typeof SWITCHES
export type SwitchValue<Name extends SwitchName> = ValueOf<(typeof SWITCHES)[Name]>
export type SwitchValues = { [Name in SwitchName]: SwitchValue<Name> }

type ValueOf<Definition> = Definition extends { options: readonly (infer Option)[] }
  ? Option
  : Definition extends { kind: 'number' }
    ? number
    : boolean

/** The platform's switches and how they stand. */
export class Switches {
  readonly #initial: SwitchValues
  #values: SwitchValues

  /** @throws {RangeError} for a name or a value that there is not */
  constructor(initial: Partial<SwitchValues> = {}) {
    const defaults = Object.fromEntries(NAMES.map((name) => [name, SWITCHES[name].default])) as SwitchValues
    for (const [name, value] of Object.entries(initial)) refuseWrong(name, value)
    this.#initial = { ...defaults, ...initial }
    this.#values = { ...this.#initial }
  }

  get<Name extends SwitchName>(name: Name): SwitchValues[Name] {
    return this.#values[name]
  }

  /** @throws {RangeError} that names what the switch takes */
  set<Name extends SwitchName>(name: Name, value: SwitchValues[Name]): void {
    refuseWrong(name, value)
    this.#values[name] = value
  }

  /** All of them as they were at the start. */
  reset(): void {
    this.#values = { ...this.#initial }
  }

  /** The table with the values of now, to be shown. */
  list(): (SwitchDefinition & { name: SwitchName; value: boolean | number | string })[] {
    return NAMES.map((name) => ({ ...SWITCHES[name], name, value: this.#values[name] }))
  }
}

const NAMES = Object.keys(SWITCHES) as SwitchName[]

/** Whether somebody from outside names a switch. */
export function isSwitch(name: string): name is SwitchName {
  return Object.hasOwn(SWITCHES, name)
}

function refuseWrong(name: string, value: unknown): void {
  const problem = problemOf(name, value)
  if (problem) throw new RangeError(problem)
}

function problemOf(name: string, value: unknown): string | undefined {
  if (!isSwitch(name)) return `There is no switch "${name}". There are: ${NAMES.join(', ')}.`
  const definition: SwitchDefinition = SWITCHES[name]
  switch (definition.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `${name} is true or false.`
    case 'number':
      return typeof value === 'number' && value >= 0 && value <= definition.max
        ? undefined
        : `${name} is a number from 0 to ${definition.max}.`
    case 'choice':
      return typeof value === 'string' && definition.options.includes(value)
        ? undefined
        : `${name} is one of: ${definition.options.join(', ')}.`
  }
}

import type { PushField, PushFields } from './xml.ts'

/** Reads fields by name; what is missing is an empty text, NaN or an empty list. */
export class Reader {
  readonly #fields: PushFields
  constructor(fields: PushFields) {
    this.#fields = fields
  }
  text(...names: string[]): string {
    const found = names.map((name) => this.#fields[name]).find((value) => typeof value === 'string')
    return typeof found === 'string' ? found : ''
  }
  number(name: string): number {
    const text = this.text(name)
    return text === '' ? NaN : Number(text)
  }
  list(name: string): Reader[] {
    const value: PushField = this.#fields[name] ?? []
    const items = Array.isArray(value) ? value : [value]
    return items.filter((item) => typeof item !== 'string').map((item) => new Reader(item))
  }
  inside(name: string): Reader {
    return this.list(name)[0] ?? new Reader({})
  }
}

// What an article's sign-up asks for, and whether an answer fits. Read by server and page alike: nothing here needs either.

/** A sign-up as an article's front matter has it. */
export interface SignupForm {
  /** How many people may sign up; undefined: any number. */
  places?: number | undefined
  /** When it ends, as ISO 8601 with an offset; undefined: it stays open. */
  closesAt?: string | undefined
  /** The message that whoever signs up gets: a template, or a notice that they have to allow first. */
  confirm?: { kind: 'template' | 'subscribe'; id: string } | undefined
  fields: SignupField[]
}

export type SignupField = { name: string; label: string; required?: boolean | undefined } & (
  | { type: 'text'; max?: number | undefined }
  | { type: 'phone' | 'consent' | 'picture' }
  | { type: 'number'; min?: number | undefined; max?: number | undefined }
  | { type: 'choice'; options: string[] }
)

/** What somebody answered, by the name of the field. A field that was left empty is not in it. */
export type SignupAnswers = Record<string, string | number | boolean>

/** Why an answer does not fit. {@link explainMistake} has the words. */
export type Mistake =
  | {
      code: 'required' | 'consent' | 'text' | 'phone' | 'number' | 'whole' | 'choice' | 'picture' | 'unknown'
    }
  | { code: 'long' | 'min' | 'max'; limit: number }

export const LONGEST_TEXT = 500 // characters, where the form says nothing

/** Checks what somebody sent, as JSON has it. Either every answer fits, or each mistake is named. */
export function checkAnswers(
  fields: SignupField[],
  given: unknown,
):
  | { answers: SignupAnswers; mistakes?: undefined }
  | { answers?: undefined; mistakes: Record<string, Mistake> } {
  const answers: SignupAnswers = {}
  const mistakes: Record<string, Mistake> = {}
  const sent = new Map(typeof given === 'object' && given !== null ? Object.entries(given) : [])
  for (const field of fields) {
    const value: unknown = sent.get(field.name)
    sent.delete(field.name)
    if (isEmpty(value) || (field.type === 'consent' && value === false)) {
      if (field.required) mistakes[field.name] = { code: field.type === 'consent' ? 'consent' : 'required' }
      continue
    }
    const read = readAnswer(field, value)
    if (typeof read === 'object') mistakes[field.name] = read
    else answers[field.name] = read
  }
  for (const name of sent.keys()) mistakes[name] = { code: 'unknown' }
  return Object.keys(mistakes).length > 0 ? { mistakes } : { answers }
}

const isEmpty = (value: unknown) =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')

function readAnswer(field: SignupField, value: unknown): string | number | boolean | Mistake {
  switch (field.type) {
    case 'consent':
      return value === true ? true : { code: 'consent' }
    case 'choice':
      return typeof value === 'string' && field.options.includes(value) ? value : { code: 'choice' }
    case 'number':
      return readNumber(field, value)
    case 'phone':
      return readPhone(value)
    case 'picture': // the id that the upload was answered with
      return typeof value === 'string' && /^[\w-]{24}$/.test(value) ? value : { code: 'picture' }
    case 'text': {
      if (typeof value !== 'string' || HIDDEN.test(value)) return { code: 'text' }
      const text = value.trim()
      const limit = field.max ?? LONGEST_TEXT
      return [...text].length > limit ? { code: 'long', limit } : text
    }
  }
}

// Control characters but for line ends, and what turns the direction of the text that follows.
// eslint-disable-next-line no-control-regex -- they are what is looked for
const HIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]/

function readNumber(
  { min, max }: { min?: number | undefined; max?: number | undefined },
  value: unknown,
): number | Mistake {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || !/^\s*-?\d{1,15}(\.\d{1,6})?\s*$/.test(text)) return { code: 'number' }
  const number = Number(text)
  if (!Number.isInteger(number)) return { code: 'whole' }
  if (min !== undefined && number < min) return { code: 'min', limit: min }
  if (max !== undefined && number > max) return { code: 'max', limit: max }
  return number
}

// A number of the mainland, or one with its country's code. People write spaces and dashes; they are not kept.
function readPhone(value: unknown): string | Mistake {
  if (typeof value !== 'string' || value.length > 40) return { code: 'phone' }
  const digits = value.replace(/[\s()（）-]/g, '')
  return /^(1[3-9]\d{9}|(\+|00)[1-9]\d{6,14}|0\d{9,11})$/.test(digits) ? digits : { code: 'phone' }
}

/** A mistake in the reader's language, to stand beside the field. */
export function explainMistake(mistake: Mistake, language: string): string {
  const [zh, en] = words(mistake)
  return language.startsWith('zh') ? zh : en
}

function words(mistake: Mistake): [zh: string, en: string] {
  switch (mistake.code) {
    case 'required':
      return ['请填写这一项', 'Please fill this in']
    case 'consent':
      return ['请先勾选同意', 'Please agree to this first']
    case 'text':
      return ['请填写文字，不要包含特殊控制字符', 'Please write plain text']
    case 'long':
      return [`最多 ${mistake.limit} 个字`, `At most ${mistake.limit} characters`]
    case 'phone':
      return [
        '请填写正确的手机号，例如 13800138000',
        'Please give a phone number, like 13800138000 or +44 20 7946 0000',
      ]
    case 'number':
      return ['请填写数字', 'Please give a number']
    case 'whole':
      return ['请填写整数', 'Please give a whole number']
    case 'min':
      return [`不能小于 ${mistake.limit}`, `Not less than ${mistake.limit}`]
    case 'max':
      return [`不能大于 ${mistake.limit}`, `Not more than ${mistake.limit}`]
    case 'choice':
      return ['请从选项中选择', 'Please choose one of the options']
    case 'picture':
      return ['请重新上传图片', 'Please upload the picture again']
    case 'unknown':
      return ['表单里没有这一项', 'The form does not ask for this']
  }
}

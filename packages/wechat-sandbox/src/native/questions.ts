import { z } from 'zod'
import { SAMPLE_PICTURES } from './samplePictures.ts'

/** What only the person who holds the phone can answer. */
export type Question =
  | { kind: 'pictures'; count: number; sources: string[] }
  | { kind: 'scan'; types: string[] }
  | { kind: 'location' }
  | { kind: 'pay'; orderId: string }
  | { kind: 'address' }
  | { kind: 'addCards'; cardIds: string[] }
  | { kind: 'chooseCard'; cardType: string }

const agreed = z.literal(true)
const ANSWERS = {
  pictures: z.array(z.enum(SAMPLE_PICTURES.map(({ name }) => name))).min(1),
  scan: z.string().min(1).max(4096),
  location: agreed,
  pay: agreed,
  address: agreed,
  addCards: agreed,
  chooseCard: agreed,
} satisfies Record<Question['kind'], z.ZodType>

/** What a person can answer to each kind of question. */
export type Answers = { [kind in Question['kind']]: z.infer<(typeof ANSWERS)[kind]> }

/** Answers in place of a person: by kind, or null for "cancel". */
export type Answering = (question: Question) => Answers[Question['kind']] | null

/** A person in a hurry, as tests like them: the first picture, an address to scan, and yes to everything. */
export const obliging: Answering = ({ kind }) => {
  if (kind === 'pictures') return ['dawn']
  if (kind === 'scan') return 'https://example.com/scanned'
  return true
}

/** The answer if it fits the question, null for "cancel" and for nonsense. */
export function readAnswer<K extends Question['kind']>(kind: K, answer: unknown): Answers[K] | null {
  const schema: z.ZodType = ANSWERS[kind]
  const read = schema.safeParse(answer)
  return read.success ? (read.data as Answers[K]) : null
}

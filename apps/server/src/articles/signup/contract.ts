import { z } from 'zod'

const text = z.string().min(1)
const field = { name: z.string().regex(/^[a-z]\w{0,39}$/i), label: text, required: z.boolean().optional() }
const whole = z.number().int()

/** A sign-up as the front matter of an article has it. */
export const signupSchema = z
  .strictObject({
    places: whole.min(1).optional(),
    closesAt: z.iso.datetime({ offset: true }).optional(),
    /** A message to whoever signs up: the id of a template that the account has, and what stands in its fields. */
    confirm: z
      .strictObject({
        kind: z.enum(['template', 'subscribe']),
        id: text,
        data: z.record(z.string().regex(/^[a-z_]+\d*$/), text),
      })
      .optional(),
    fields: z
      .array(
        z.discriminatedUnion('type', [
          z.strictObject({ ...field, type: z.literal('text'), max: whole.min(1).max(5000).optional() }),
          z.strictObject({ ...field, type: z.literal('phone') }),
          z.strictObject({
            ...field,
            type: z.literal('number'),
            min: whole.optional(),
            max: whole.optional(),
          }),
          z.strictObject({ ...field, type: z.literal('choice'), options: z.array(text).min(1) }),
          z.strictObject({ ...field, type: z.literal('consent') }),
          z.strictObject({ ...field, type: z.literal('picture') }),
        ]),
      )
      .min(1)
      .refine((fields) => new Set(fields.map(({ name }) => name)).size === fields.length),
  })
  .superRefine(({ confirm, fields }, context) => {
    const known = [
      'title',
      'time',
      ...fields.filter(({ type }) => type !== 'picture').map(({ name }) => name),
    ]
    const named = Object.values(confirm?.data ?? {}).flatMap((text) => [...text.matchAll(/\{([^{}]*)\}/g)])
    if (named.some(([, name = '']) => !known.includes(name)))
      context.addIssue({ code: 'custom', path: ['confirm', 'data'] })
  })

const answers = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
const signup = z.object({ fields: answers, createdAt: z.string(), updatedAt: z.string() })
const params = z.object({ slug: z.string() })

export const signupContract = {
  /** 404 `signup_not_found`: this article has none. */
  'GET /api/articles/:slug/signup': {
    params,
    /** `places` is null where there is no limit; `mine` is null for who has not signed up, or is not logged in. */
    response: z.object({
      open: z.boolean(),
      places: z.number().nullable(),
      taken: z.number(),
      mine: signup.nullable(),
    }),
  },
  /** 400 `invalid_fields` with `errors` by field; 401; 409 `signup_full`, `signup_closed`. */
  'PUT /api/articles/:slug/signup': {
    params,
    // Null for what is no form at all: that is refused like one with mistakes.
    body: z.object({ fields: z.record(z.string(), z.unknown()).nullable() }).catch({ fields: null }),
    response: signup,
  },
  'DELETE /api/articles/:slug/signup': { params },
  /** For those in ADMIN_OPENIDS. */
  'GET /api/admin/articles/:slug/signups': {
    params,
    response: z.array(signup.extend({ openid: z.string() })),
  },
  'GET /api/admin/articles/:slug/signups.csv': { params },
}

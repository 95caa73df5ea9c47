import { z } from 'zod'
import { NETWORK_TYPES } from '../native/device.ts'
import { faultSchema } from '../platform/api/faults.ts'
import { ROOTS } from '../platform/api/roots.ts'
import { host } from '../platform/host.ts'

/** What the phone's page may change, and how it has to say so. */
export const BODIES = {
  /** Of what needs nothing to be said. */
  nothing: z.strictObject({}),
  device: z.strictObject({
    os: z.enum(['ios', 'android', 'harmony']).optional(),
    networkType: z.enum(NETWORK_TYPES).optional(),
    version: z
      .string()
      .regex(/^\d{1,3}(\.\d{1,3}){1,2}$/, 'a version such as 8.0.60')
      .optional(),
    fontScale: z.number().min(0.8).max(2).optional(),
    theme: z.enum(['auto', 'light', 'dark']).optional(),
  }),
  person: z.strictObject({ person: z.string() }),
  account: z.strictObject({
    jsDomains: z.array(host).max(5, 'five domains at most').optional(),
    oauthDomain: host.optional(),
  }),
  switch: z.strictObject({ name: z.string(), value: z.union([z.boolean(), z.number(), z.string()]) }),
  quirk: z.strictObject({ name: z.string(), value: z.string() }),
  /** A path of the platform's API that fails, and how often. */
  fault: z.strictObject({
    path: z
      .string()
      .regex(new RegExp(`^/(${ROOTS.join('|')})/[\\w/]{1,80}$`), 'a path such as /cgi-bin/token'),
    fault: faultSchema,
    times: z.number().int().min(1).max(1000).default(1),
  }),
  /** What happens to credentials behind a site's back. */
  credentials: z.strictObject({ event: z.enum(['token taken', 'ticket ended']) }),
  clock: z.strictObject({
    seconds: z
      .number()
      .min(0, 'the clock moves forward only')
      .max(366 * 86_400, 'a year at most'),
  }),
}

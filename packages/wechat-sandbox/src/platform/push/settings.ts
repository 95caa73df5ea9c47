import { z } from 'zod'

/** The console's rules for its fields. */
export const settingsSchema = z.object({
  url: z.url({ protocol: /^https?$/, error: 'url begins with http:// or https://' }),
  token: z.string().regex(/^[A-Za-z0-9]{3,32}$/, 'token is 3 to 32 letters and digits'),
  encodingAesKey: z.string().regex(/^[A-Za-z0-9]{43}$/, 'encodingAesKey is 43 letters and digits'),
  mode: z.enum(['plain', 'compatible', 'safe']),
})

import type { Request } from 'express'
import type { Platform } from './platform.ts'

/**
 * A path of the platform as the site and browsers reach it: where the sandbox is published, or else where the call
 * came to.
 */
export function publicAddress({ publicUrl }: Platform, req: Request, path: string): string {
  return (publicUrl ?? `${req.protocol}://${req.get('host')}${req.baseUrl}`) + path
}

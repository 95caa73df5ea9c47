import { Router } from 'express'
import type { Env } from '../env.ts'
import { Problem } from 'starter-server/problem'

/** `GET /MP_verify_*.txt`: proves to the console that this domain is ours. The content is the part after `MP_verify_`. */
export function ownershipFileRoute({ env }: { env: Env }): Router {
  return Router().get(/^\/(MP_verify_([^/]*)\.txt)$/, (req, res) => {
    const name = req.path.slice(1)
    if (!env.wechat.verifyFiles.includes(name)) {
      throw new Problem({
        status: 404,
        code: 'not_found',
        title: 'Not found',
        detail: 'This ownership file is not configured.',
        hint: 'Add its name to WECHAT_VERIFY_FILES.',
      })
    }
    res.type('text/plain').send(name.slice('MP_verify_'.length, -'.txt'.length))
  })
}

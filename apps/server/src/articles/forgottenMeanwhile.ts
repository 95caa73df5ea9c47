import { Problem } from 'starter-server/problem'

/** For whoever was forgotten while their request was under way. @param then what they can do after another login */
export function forgottenMeanwhile(then: string): Problem {
  return new Problem({
    status: 401,
    code: 'login_required',
    title: 'Log in first',
    detail: `What was kept about you was deleted meanwhile. Log in again, then ${then}.`,
  })
}

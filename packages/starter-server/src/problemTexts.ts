// What people who read Chinese are told of a problem. For others the problem's own words are there, which are English.

interface ProblemText {
  title: string
  text: string
}

const LOGIN: ProblemText = { title: '登录没有成功', text: '微信没有确认这次登录，或者这次登录已经失效。' }
const AWAY: ProblemText = { title: '微信暂时没有回应', text: '页面需要的信息没能从微信取得。' }

const BY_CODE: Record<string, ProblemText> = {
  invalid_state: LOGIN,
  invalid_code: LOGIN,
  foreign_origin: { title: '请求没有被接受', text: '这个操作只能在本站的页面上进行。' },
  too_large: { title: '内容太大', text: '提交的内容超过了限制。' },
  store_unavailable: { title: '暂时无法使用', text: '保存数据的地方暂时连不上，请稍后再试。' },
}

const BY_STATUS: Record<number, ProblemText> = {
  401: { title: '请先登录', text: '这里只对登录的用户开放。' },
  403: { title: '没有权限', text: '这里不对您开放。' },
  404: { title: '页面不存在', text: '这个地址没有内容，可能已被移走。' },
  429: { title: '访问太频繁', text: '请等一分钟再试。' },
  502: AWAY,
  503: AWAY,
  504: AWAY,
}
const REFUSED: ProblemText = { title: '请求没有被接受', text: '这个地址不完整，或者有错误。' }
const FAILED: ProblemText = { title: '出错了', text: '服务器出了问题，请稍后再试。' }

/** A problem in Chinese, by its code or else by its status. */
export function chineseProblem({ code, status }: { code: string; status: number }): ProblemText {
  if (status === 400 && code.startsWith('wechat_')) return LOGIN
  return BY_CODE[code] ?? BY_STATUS[status] ?? (status < 500 ? REFUSED : FAILED)
}

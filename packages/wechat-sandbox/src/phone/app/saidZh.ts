// The server and the tables of rules speak English; this is what a Chinese reader sees of them in the panel.

const EXACT: Record<string, string> = {
  // Choices of switches and quirks
  'every API': '所有接口',
  'token APIs': '只有获取 token 的接口',
  service: '认证服务号',
  subscription: '认证订阅号',
  unverified: '未认证',
  test: '测试号',
  none: '无',
  NONE: '无网络',
  hang: '不响应',
  reset: '断开连接',
  garbage: '返回乱码',
  'error page': '返回错误页',
  ask: '询问',
  allow: '允许',
  decline: '拒绝',
  entry: '进入时的网址',
  current: '当前网址',
  works: '可用',
  refused: '被拒绝',
  accepted: '被接受',
  no: '否',
  yes: '是',
  ignored: '不采用',
  used: '采用',
  'new wins': '新接口优先',
  'handler wins': '旧接口优先',
  'as usual': '按系统惯例',
  early: '早于页面脚本',
  late: '晚于页面脚本',
  'what is granted': '已获授权的接口',
  'what exists': '客户端具备的接口',
  // Outcomes
  ok: '成功',
  'asks for consent': '请用户授权',
  'redirects with a code': '带 code 跳转',
  declined: '已拒绝',
  'no answer': '无响应',
  // What the person did
  text: '文本',
  image: '图片',
  location: '位置',
  subscribe: '关注',
  unsubscribe: '取消关注',
  scan: '扫码',
  subscribe_msg_popup_event: '订阅通知',
}

const PARTS: [RegExp, string][] = [
  [/^menu (\w+)$/, '菜单 $1'],
  [/^ok, (\d+) bytes$/, '成功，$1 字节'],
  // Sources
  [/reports of developers/, '开发者反馈'],
  [/community answer of June 2025/, '微信开放社区 2025 年 6 月的回答'],
  [/community, /, '微信开放社区 '],
  [/ issue (\d+)/, ' #$1'],
  [/ names 10009, not the number/, '只写了 10009，没有次数'],
  [/ lists 42003; reports see 40029/, '列的是 42003，开发者遇到的是 40029'],
  [/ says three retries; some count three deliveries in all/, '说重试三次，也有人数到共三次'],
  [/ speaks of the client’s version; reports, of permissions/, '说的是客户端版本，开发者反馈的是权限'],
  // Saving
  [/url begins with http:\/\/ or https:\/\//, '网址以 http:// 或 https:// 开头'],
  [/token is 3 to 32 letters and digits/, 'Token 是 3 到 32 个字母或数字'],
  [/encodingAesKey is 43 letters and digits/, 'EncodingAESKey 是 43 个字母或数字'],
  [/a host such as h5\.example\.com, without http:\/\//, '填域名，如 h5.example.com，不带 http://'],
  [/five domains at most/, '最多五个域名'],
  [/(\w+) is a number from 0 to (\d+)\./, '$1 是 0 到 $2 的数'],
  [/the body is not the echostr and nothing else/, '返回的内容不是原样的 echostr'],
  [
    /The sandbox asks only the site under test and servers on its own machine: an address on localhost, or on (.*)\./,
    '沙盒只请求被测网站和本机的服务：填 localhost 上的网址，或 $1 上的网址。',
  ],
  [
    /nothing at this address proved that it knows the token\. It has to answer the echostr of a GET\./,
    '这个地址没有证明它知道 Token：它应当对 GET 请求原样返回 echostr。',
  ],
  // Pushes and replies
  [/no answer within (\d+) seconds/, '$1 秒内没有响应'],
  [/the server can't be reached/, '连不上服务器'],
  [/the server answered with status (\d+)/, '服务器返回状态码 $1'],
  [/^status (\d+)|: status (\d+)$/, '：状态码 $1$2'],
  [/the push can not be made/, '推送无法生成'],
  [/the answer is larger than any reply/, '返回的内容过大'],
  [/in safe mode a reply is encrypted/, '安全模式下回复必须加密'],
  [/in plain mode a reply is not encrypted/, '明文模式下回复不能加密'],
  [
    /an encrypted reply has Encrypt, MsgSignature, TimeStamp and Nonce/,
    '加密的回复要有 Encrypt、MsgSignature、TimeStamp、Nonce',
  ],
  [
    /MsgSignature is not made of token, TimeStamp, Nonce and Encrypt/,
    'MsgSignature 与 token、TimeStamp、Nonce、Encrypt 不符',
  ],
  [/the encrypted reply ends in "(.*)", not in the AppID/, '加密的回复以「$1」结尾，不是 AppID'],
  [/the reply has no (\w+)/, '回复里没有 $1'],
  [/the reply is not an <xml> element/, '回复不是 <xml> 元素'],
  [/ToUserName is not the person who wrote/, 'ToUserName 不是发消息的用户'],
  [/FromUserName is not the account/, 'FromUserName 不是这个公众号'],
  [/CreateTime is not a number of seconds/, 'CreateTime 不是以秒为单位的数字'],
  [/ArticleCount is not the number of items, which is (.*)$/, 'ArticleCount 与条目数 $1 不符'],
  [/there is no reply of type "(.*)"/, '没有「$1」这种类型的回复'],
]

/** The same in Chinese; what is not known stays as it is. */
export function saidZh(text: string): string {
  if (Object.hasOwn(EXACT, text)) return EXACT[text] ?? text
  return PARTS.reduce((said, [english, chinese]) => said.replace(english, chinese), text)
}

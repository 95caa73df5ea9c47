/** What a host of WeChat is for; it decides what answers there. */
export type HostKind = 'api' | 'open' | 'mp' | 'files' | 'pay'

const HOSTS: Readonly<Record<string, HostKind>> = {
  'api.weixin.qq.com': 'api',
  // The same API elsewhere: for emergencies, and by region (服务端 API 调用说明).
  'api2.weixin.qq.com': 'api',
  'sh.api.weixin.qq.com': 'api',
  'sz.api.weixin.qq.com': 'api',
  'hk.api.weixin.qq.com': 'api',
  // Where files were uploaded and fetched in former times; the paths are those of the API.
  'file.api.weixin.qq.com': 'api',
  'open.weixin.qq.com': 'open',
  'mp.weixin.qq.com': 'mp',
  'res.wx.qq.com': 'files',
  'res2.wx.qq.com': 'files',
  'api.mch.weixin.qq.com': 'pay',
}

/** Every host for which the sandbox answers in WeChat's place, and for which its certificate authority may speak. */
export const WECHAT_HOSTS: readonly string[] = Object.keys(HOSTS)

/** What a host is for; undefined for one that is not WeChat's. */
export const kindOf = (host: string): HostKind | undefined =>
  Object.hasOwn(HOSTS, host) ? HOSTS[host] : undefined

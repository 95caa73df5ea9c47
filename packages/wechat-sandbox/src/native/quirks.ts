/** One thing about the app that is only believed, so that it can be switched. The first value is the believed one. */
interface Quirk<V extends string> {
  values: readonly [V, ...V[]]
  source: string
  words: { en: string; zh: string }
}

const quirk = <const V extends string>(
  values: readonly [V, ...V[]],
  en: string,
  zh: string,
  source: string,
): Quirk<V> => ({ values, source, words: { en, zh } })

/** What reports say of the app, and what it may do instead. */
export const QUIRKS = {
  iosJudgesBy: quirk(
    ['entry', 'current'],
    'iOS holds a signature against the address that was',
    'iOS 校验签名用的 URL',
    'vuejs/vue-router issue 481; community answer of June 2025',
  ),
  iosCardAwayFromEntry: quirk(
    ['works', 'refused'],
    'iOS, away from the entry address: update*ShareData',
    'iOS 离开入口 URL 后调用 update*ShareData',
    'luckyyyyy/blog issue 22',
  ),
  androidCardNeedsLegacyNames: quirk(
    ['no', 'yes'],
    'Android ignores update*ShareData unless onMenuShare* is listed too',
    'Android 是否要求 jsApiList 同时列出 onMenuShare*，新接口才生效',
    'community, develop/issue/105',
  ),
  cardWithoutLinkOrPicture: quirk(
    ['ignored', 'used'],
    'A card without link or picture is',
    '缺少链接或图片的卡片数据',
    'community, develop/doc/00028471e747b0a901f86c87d51800',
  ),
  chineseLinkOnIos: quirk(
    ['refused', 'accepted'],
    'Raw Chinese in a share link, on iOS, is',
    'iOS 上链接含未编码中文',
    'blog.csdn.net/qq_23375733/article/details/100778788',
  ),
  updateDataAndHandler: quirk(
    ['new wins', 'handler wins'],
    'A page that has both update*ShareData and onMenuShare*',
    '同时使用新旧分享接口时',
    'community, develop/issue/105',
  ),
  bridgeArrives: quirk(
    ['as usual', 'early', 'late'],
    'The bridge comes before page scripts (usual on iOS) or after them (elsewhere)',
    'WeixinJSBridge 注入时机：早于页面脚本（iOS 常见）或晚于页面脚本',
    'reports of developers',
  ),
  checkJsApiTells: quirk(
    ['what exists', 'what is granted'],
    'checkJsApi tells',
    'checkJsApi 返回的是',
    'JS-SDK说明文档 speaks of the client’s version; reports, of permissions',
  ),
  androidJudgesBy: quirk(
    ['current', 'entry', 'either'],
    'Android holds a signature against the address that is, that was at entry, or either',
    'Android 校验签名用的 URL',
    'reports of developers; @wecom/jssdk signs the entry address everywhere',
  ),
  denialWording: quirk(
    ['as usual', 'offline verifying', 'permission denied'],
    'An API that was not granted is refused in the words of iOS or of Android',
    '接口未授权时的报错文字',
    'JS-SDK说明文档 has both; reports tell systems apart',
  ),
} satisfies Record<string, Quirk<string>>

export type Quirks = { [name in keyof typeof QUIRKS]: (typeof QUIRKS)[name]['values'][number] }

/** Everything as it is believed to be. */
export function believedQuirks(): Quirks {
  return Object.fromEntries(Object.entries(QUIRKS).map(([name, { values }]) => [name, values[0]])) as Quirks
}

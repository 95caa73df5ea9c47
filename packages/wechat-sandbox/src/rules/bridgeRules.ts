import { ASSUMED, believed, certain, REPORTS, rulesOf, SCRIPT, type Rule } from './rule.ts'

/** The native side of the page's bridge. */
export const BRIDGE_RULES: Rule[] = [
  ...rulesOf('native/webDocument.ts', [
    believed('Android judges by the current address, and a grant belongs to it'),
    believed('iOS judges by the address of entry until a full load', REPORTS, 'iosJudgesBy'),
  ]),
  ...rulesOf('native/config.ts', [
    believed('refusals are worded "offline verifying" on iOS and "permission denied" on Android'),
    believed(
      'a refused signature comes with `realAuthUrl`: one address on iOS, the text of a list on Android',
    ),
    believed('permissions of several configs for one address add up', 'class names of the iOS app'),
    certain('`checkResult` is JSON text on Android, an object on iOS', SCRIPT),
    believed('`checkJsApi` tells what the page may use', REPORTS, 'checkJsApiTells'),
    certain(
      'a test account answers `require subscribe` to who does not follow it',
      'JS-SDK说明文档',
      'account',
    ),
    believed(
      'names that the account may not use are in `noPermissionJsApi`, and the config is ok',
      REPORTS,
      'account',
    ),
  ]),
  ...rulesOf('native/config.ts', [
    certain('WeCom takes no config of an Official Account', '企业微信 JS-SDK'),
    believed('WeCom refuses such a config as `invalid corpid`', ASSUMED),
  ]),
  ...rulesOf('native/apis/jsApis.ts', [
    certain("a mini program's web view has fewer JS-APIs, none that shares or pays", '小程序 web-view'),
    believed('what is missing there is answered as by a WeChat that is too old', ASSUMED),
    certain('sharing and cards need a verified account', '接口权限说明', 'account'),
    believed('network type, closing, pictures in full, payment and the menu button work without wx.config'),
    certain('`update*ShareData` exist since 6.7.2; a WeChat without a function says so', 'JS-SDK说明文档'),
  ]),
  ...rulesOf('native/apis/share.ts', [
    certain('a share link must lie in a JS-safe domain', 'JSSDK自定义分享接口的策略调整'),
    certain(
      'a page without a config shares the default card, its old handlers too',
      'JSSDK自定义分享接口的策略调整',
    ),
    certain('QQ shows the card of chats, QZone that of Moments', 'JS-SDK说明文档'),
    believed('raw Chinese in a share link is refused on iOS', REPORTS, 'chineseLinkOnIos'),
    believed('new share data wins over a legacy handler', REPORTS, 'updateDataAndHandler'),
    believed('a card without link or picture is taken and not used', REPORTS, 'cardWithoutLinkOrPicture'),
    believed('a legacy handler shares only from the menu', "an old copy of the app's script"),
    believed("without data a card has the page's title, its address and its first big picture"),
    believed(
      'some Androids ignore the new share APIs unless the old names are listed; here they do not',
      REPORTS,
      'androidCardNeedsLegacyNames',
    ),
    believed(
      'some iPhones refuse the new share APIs away from the address of entry; here they do not',
      REPORTS,
      'iosCardAwayFromEntry',
    ),
  ]),
  ...rulesOf('native/apis/images.ts', [
    certain('`localIds` is JSON text on Android, a list elsewhere', SCRIPT),
    believed('local data is bare base64 on Android, a data URL of the type `image/jgp` on iOS'),
  ]),
  ...rulesOf('native/apis/surroundings.ts', [
    certain('a scanned code is wrapped in JSON on iOS, plain elsewhere', SCRIPT),
  ]),
  ...rulesOf('native/openTags.ts', [
    certain('open tags need 7.0.12; they lose their permission with the address', '开放标签使用说明'),
    believed('neither a mini program nor WeCom draws open tags', ASSUMED),
  ]),
  ...rulesOf('native/page/pageBridge.ts', [
    believed(
      'the bridge is there before page scripts on iOS and comes after them on Android',
      REPORTS,
      'bridgeArrives',
    ),
    certain('one handler for each event; the last one counts', SCRIPT),
    certain('`window.__wxjs_environment` is `miniprogram` inside of one', '小程序 web-view'),
  ]),
  ...rulesOf('phone/app/friendChat.ts', [
    certain('a card that is opened has `from` in its address', 'JS-SDK说明文档'),
    believed('a card that is opened has `isappinstalled=0` in its address as well'),
  ]),
  ...rulesOf('phone/app/webView.ts', [
    believed('a page that was opened by a bare link in a chat is forwarded as a bare link'),
  ]),
]

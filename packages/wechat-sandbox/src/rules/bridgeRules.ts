import { believed, certain, REPORTS, rulesOf, SCRIPT, type Rule } from './rule.ts'

/** The native side of the page's bridge. */
export const BRIDGE_RULES: Rule[] = [
  ...rulesOf('bridge/webDocument.ts', [
    believed('Android judges by the current address, and a grant belongs to it'),
    believed('iOS judges by the address of entry until a full load', REPORTS, 'iosJudgesBy'),
  ]),
  ...rulesOf('bridge/config.ts', [
    believed('refusals are worded "offline verifying" on iOS and "permission denied" on Android'),
    certain('`checkResult` is JSON text on Android, an object on iOS', SCRIPT),
  ]),
  ...rulesOf('bridge/share.ts', [
    certain('a share link must lie in a JS-safe domain', 'JSSDK自定义分享接口的策略调整'),
    believed('raw Chinese in a share link is refused on iOS', REPORTS, 'chineseLinkOnIos'),
    believed('new share data wins over a legacy handler', REPORTS, 'updateDataAndHandler'),
    believed('a legacy handler shares only from the menu'),
    believed("without data a card has the page's title, its address and its first big picture"),
  ]),
]

import { sortedHash } from './sortedHash.ts'

/**
 * The signature of a card (`wx.addCard`, `wx.chooseCard`): SHA-1 over the values, sorted and joined. One of them is
 * the ticket of type `wx_card`, never the `jsapi` one. Empty values are left out.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/JS-SDK.html appendix 4
 */
export function signCard(...values: (string | number)[]): string {
  if (!values.some(String)) throw new TypeError('signCard needs the wx_card ticket and the card’s values')
  return sortedHash(values.map(String).filter(Boolean))
}

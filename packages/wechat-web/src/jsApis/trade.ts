import type { Call } from './call.ts'

/** Signed by the merchant's server; see "JSAPI pay". `timestamp` is in seconds. */
export interface PayArgs {
  timestamp: number | string
  nonceStr: string
  /** `prepay_id=…` */
  package: string
  /** The script's default is SHA1, which no current kind of payment uses: always name it. */
  signType: 'RSA' | 'HMAC-SHA256' | 'MD5' | 'SHA1'
  paySign: string
}

export interface TradeCalls {
  chooseWXPay: Call<PayArgs>
  openEnterpriseRedPacket: Call<PayArgs>
  openAddress: Call<
    object,
    {
      userName: string
      telNumber: string
      postalCode: string
      provinceName: string
      cityName: string
      countryName: string
      detailInfo: string
      nationalCode?: string
    }
  >
  openProductSpecificView: Call<{ productId: string; viewType?: 0 | 1 | 2; extInfo?: string }>
  addCard: Call<
    { cardList: { cardId: string; cardExt: string }[] },
    { cardList: { cardId: string; cardExt: string; isSuccess: boolean }[] }
  >
  chooseCard: Call<
    {
      shopId?: string
      cardType?: string
      cardId?: string
      timestamp: number | string
      nonceStr: string
      signType?: 'SHA1'
      cardSign: string
    },
    {
      /** JSON text: an array of `{ card_id, encrypt_code }`. */
      cardList: string
    }
  >
  openCard: Call<{ cardList: { cardId: string; code: string }[] }>
  consumeAndShareCard: Call<{ cardId: string; code: string }>
}

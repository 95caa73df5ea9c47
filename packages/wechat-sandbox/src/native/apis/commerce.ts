import { ask, cancel, fail, ok, text, type Api } from '../call.ts'

/** The payment dialog. No money, no order: it only takes what a page must hand over, and the person's yes or no. */
export const pay: Api = ({ params }) => {
  const missing = ['timeStamp', 'nonceStr', 'package', 'signType', 'paySign'].filter(
    (key) => !text(params[key]),
  )
  if (missing.length || !text(params['package']).startsWith('prepay_id='))
    return {
      err_msg: 'get_brand_wcpay_request:fail',
      err_desc: `missing: ${missing.join(', ') || 'prepay_id'}`,
    }
  return ask<'pay'>(
    { kind: 'pay', orderId: text(params['package']).slice('prepay_id='.length) },
    () => ({ err_msg: 'get_brand_wcpay_request:ok' }),
    { err_msg: 'get_brand_wcpay_request:cancel' },
  )
}

/** The person's delivery address, by the app's own misspelt names. */
export const editAddress: Api = () =>
  ask<'address'>(
    { kind: 'address' },
    () => ({
      err_msg: 'edit_address:ok',
      userName: '小晴',
      telNumber: '13800000000',
      addressPostalCode: '200003',
      proviceFirstStageName: '上海市',
      addressCitySecondStageName: '上海市',
      addressCountiesThirdStageName: '黄浦区',
      addressDetailInfo: '人民大道 1 号',
      nationalCode: '310101',
    }),
    { err_msg: 'edit_address:cancel' },
  )

/** Cards go into the wallet; the list comes back as JSON text on every system. */
export const addCard: Api = (call) => {
  const cards = records(call.params['card_list'])
  if (!cards.length) return fail(call)
  return ask<'addCards'>(
    { kind: 'addCards', cardIds: cards.map((card) => text(card['card_id'])) },
    () =>
      ok(call, {
        card_list: JSON.stringify(cards.map(({ card_id, card_ext }) => ({ card_id, card_ext, is_succ: 1 }))),
      }),
    cancel(call),
  )
}

export const chooseCard: Api = (call) =>
  ask<'chooseCard'>(
    { kind: 'chooseCard', cardType: text(call.params['card_type']) },
    () =>
      ok(call, {
        choose_card_info: JSON.stringify([
          { card_id: text(call.params['card_id']) || 'pSandboxCard', encrypt_code: 'sandbox' },
        ]),
      }),
    cancel(call),
  )

/** Views that need no answer: cards in the wallet, a product of the shop. */
export const openView: Api = (call) => ok(call)

/** A view of a business of WeChat's own; what it hands back is JSON text on Android. */
export const openBusinessView: Api = (call) =>
  ok(call, { err_code: 0, extraData: call.device.os === 'android' ? '{}' : {} })

/** A chat of WeCom; the script hands its errCode on. */
export const openEnterpriseChat: Api = (call) => ok(call, { errCode: 0 })

const records = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'object' && one !== null) : []

import { toWechatError } from 'wechat-web'
import type { UseWechatReturn } from 'wechat-web/vue'
import { call } from '@/api'

/** Sends a file that was chosen. @returns the id of the picture */
export async function uploadFile(file: File): Promise<string> {
  const { id } = await call('POST /api/pictures', { file })
  return id
}

/**
 * Has the person choose in WeChat, which uploads the picture to its own server; ours fetches it from there.
 *
 * @returns the id of the picture; undefined when the person chose none
 */
export async function uploadFromWechat(wechat: Pick<UseWechatReturn, 'call'>): Promise<string | undefined> {
  try {
    const { localIds } = await wechat.call('chooseImage', { count: 1, sizeType: ['compressed'] })
    const [localId = ''] = localIds
    const { serverId } = await wechat.call('uploadImage', { localId, isShowProgressTips: 1 })
    return (await call('POST /api/pictures/wechat', { body: { serverId } })).id
  } catch (error) {
    if (toWechatError(error).code === 'cancelled') return undefined
    throw error
  }
}

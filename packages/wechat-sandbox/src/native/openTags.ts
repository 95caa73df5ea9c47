import { strings, type Call } from './call.ts'
import { isAtLeast } from './device.ts'
import type { TagGrant } from './messages.ts'

// 开放标签使用说明: the tags, and the first WeChat that draws them.
const OPEN_TAGS = ['wx-open-launch-weapp', 'wx-open-launch-app', 'wx-open-subscribe', 'wx-open-audio']
const SINCE = '7.0.12'

/** Open tags of a config that passed. They belong to the current address on every system, unlike JS-APIs. */
export function grantTags({ params, device }: Call): TagGrant | undefined {
  const asked = strings(params['verifyOpenTagList'])
  if (!asked.length) return undefined
  if (device.within) return { tags: [], error: 'WeixinOpenTagsError:fail, no open tags in this web view' }
  if (!isAtLeast(device, SINCE)) return { tags: [], error: 'WeixinOpenTagsError:fail, WeChat is too old' }
  return { tags: asked.filter((tag) => OPEN_TAGS.includes(tag)) }
}

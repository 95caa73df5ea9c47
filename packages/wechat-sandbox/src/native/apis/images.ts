import { ask, cancel, fail, ok, strings, text, type Api } from '../call.ts'

const MOST = 9

/** The person picks from the phone's pictures; the page gets local ids. */
export const chooseImage: Api = (call) => {
  const { params, files, device } = call
  const wanted = Number(params['count'])
  const count = Number.isInteger(wanted) && wanted >= 1 ? Math.min(wanted, MOST) : MOST
  return ask<'pictures'>(
    { kind: 'pictures', count, sources: strings(params['sourceType']) },
    (names) => {
      const localIds = names.slice(0, count).map((name) => files.addSample(name, device.os))
      // JSON text on Android, an array elsewhere: the script decodes by the user agent.
      return ok(call, {
        sourceType: 'album',
        localIds: device.os === 'android' ? JSON.stringify(localIds) : localIds,
      })
    },
    cancel(call),
  )
}

/** Full-screen pictures; the phone shows them when it sees this call. */
export const imagePreview: Api = (call) => ok(call)

/** To the platform, where the site's server can fetch it for three days by its media id. */
export const uploadImage: Api = (call) => {
  const bytes = call.files.picture(text(call.params['localId']))
  if (!bytes) return fail(call)
  return ok(call, { serverId: call.platform.media.add({ type: 'image', contentType: 'image/png', bytes }) })
}

/** From the platform onto the phone. */
export const downloadImage: Api = (call) => {
  const stored = call.platform.media.get(text(call.params['serverId']))
  if (!stored) return fail(call)
  return ok(call, { localId: call.files.addPicture(stored.bytes, call.device.os) })
}

/** The picture itself: a data URL on iOS, with its odd type "jgp"; bare base64 elsewhere (believed). */
export const getLocalImgData: Api = (call) => {
  const bytes = call.files.picture(text(call.params['localId']))
  if (!bytes) return fail(call)
  const base64 = bytes.toString('base64')
  return ok(call, { localData: call.device.os === 'ios' ? `data:image/jgp;base64,${base64}` : base64 })
}

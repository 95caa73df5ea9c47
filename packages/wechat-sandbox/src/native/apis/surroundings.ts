import { ask, cancel, fail, ok, strings, type Api } from '../call.ts'

/** What the phone is connected to. Wifi in the text itself, everything else as `subtype`. */
export const getNetworkType: Api = ({ device: { networkType } }) => {
  if (networkType === 'wifi') return { err_msg: 'network_type:wifi' }
  if (networkType === 'none') return { err_msg: 'network_type:fail' }
  return { err_msg: 'network_type:wwan', subtype: networkType }
}

// People's Square in Shanghai, by satellite and by the maps of China, which are shifted on purpose.
const PLACE = {
  wgs84: { latitude: 31.230416, longitude: 121.473701 },
  gcj02: { latitude: 31.228478, longitude: 121.478234 },
}

export const getLocation: Api = (call) =>
  ask<'location'>(
    { kind: 'location' },
    () =>
      ok(call, { ...(call.params['type'] === 'gcj02' ? PLACE.gcj02 : PLACE.wgs84), speed: 0, accuracy: 30 }),
    cancel(call),
  )

/** A map; the phone shows it when it sees this call. */
export const openLocation: Api = (call) => {
  const [latitude, longitude] = [Number(call.params['latitude']), Number(call.params['longitude'])]
  const isPlace = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
  return isPlace ? ok(call) : fail(call, 'invalid coordinate')
}

/** On iOS the result is wrapped in JSON, elsewhere it is plain. With needResult 0 WeChat itself deals with it. */
export const scanQRCode: Api = (call) =>
  ask<'scan'>(
    { kind: 'scan', types: strings(call.params['scanType']) },
    (scanned) => {
      if (Number(call.params['needResult']) !== 1) return ok(call)
      const wrapped = JSON.stringify({ scan_code: { scan_result: scanned } })
      return ok(call, { resultStr: call.device.os === 'ios' ? wrapped : scanned })
    },
    cancel(call),
  )

/** There is nothing to find: the search starts and ends. */
export const beacons: Api = (call) => ok(call)

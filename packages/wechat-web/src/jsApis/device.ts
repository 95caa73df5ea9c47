import type { Call } from './call.ts'

export interface DeviceCalls {
  getNetworkType: Call<object, { networkType: string }>
  getLocation: Call<
    {
      /** `gcj02` is what `openLocation` and maps in China count with. Default `wgs84`. */
      type?: 'wgs84' | 'gcj02'
    },
    { latitude: number; longitude: number; speed?: number; accuracy?: number }
  >
  openLocation: Call<{
    latitude: number
    longitude: number
    name?: string
    address?: string
    /** 1 to 28. Default 28. */
    scale?: number
    infoUrl?: string
  }>
  scanQRCode: Call<
    {
      /** 1 gives the text to the page, 0 (the default) lets WeChat open it. */
      needResult?: 0 | 1
      scanType?: ('qrCode' | 'barCode')[]
    },
    { resultStr?: string }
  >
  startSearchBeacons: Call<{ ticket?: string }>
  stopSearchBeacons: Call
}

export interface Beacon {
  uuid: string
  major: string
  minor: string
  accuracy?: string
  rssi?: string
  proximity?: string
  heading?: string
}

export interface DeviceEvents {
  onSearchBeacons: { beacons: Beacon[] }
}

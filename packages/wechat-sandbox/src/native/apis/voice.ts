import { fail, ok, text, type Api } from '../call.ts'

const LONGEST = 60_000 // a recording ends by itself after a minute
const PLAYS_FOR = 1500

/** Recording: nothing is heard, but a recording without a stop ends after a minute, and the page is told. */
export const startRecord: Api = (call) => {
  const localId = call.files.startRecording()
  call.document.coming.push({ name: 'onVoiceRecordEnd', payload: { localId }, after: LONGEST })
  return ok(call)
}

export const stopRecord: Api = (call) => {
  const localId = call.files.stopRecording()
  if (localId === undefined) return fail(call)
  call.document.coming.push({ name: 'onVoiceRecordEnd', dropped: true })
  return ok(call, { localId })
}

/** Playing ends after a moment, and the page is told. */
export const playVoice: Api = (call) => {
  const localId = text(call.params['localId'])
  if (!call.files.hasVoice(localId)) return fail(call)
  call.document.coming.push({ name: 'onVoicePlayEnd', payload: { localId }, after: PLAYS_FOR })
  return ok(call)
}

/** Pausing and stopping. */
export const haltVoice: Api = (call) =>
  call.files.hasVoice(text(call.params['localId'])) ? ok(call) : fail(call)

export const uploadVoice: Api = (call) => {
  if (!call.files.hasVoice(text(call.params['localId']))) return fail(call)
  // The six bytes that every amr file starts with: enough to tell what it is.
  const bytes = Buffer.from('#!AMR\n')
  return ok(call, { serverId: call.platform.media.add({ type: 'voice', contentType: 'audio/amr', bytes }) })
}

export const downloadVoice: Api = (call) => {
  if (!call.platform.media.get(text(call.params['serverId']))) return fail(call)
  return ok(call, { localId: call.files.addVoice() })
}

export const translateVoice: Api = (call) =>
  call.files.hasVoice(text(call.params['localId'])) ? ok(call, { translateResult: '你好。' }) : fail(call)

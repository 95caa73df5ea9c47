import type { Call } from './call.ts'

/** A picture or recording on the phone, e.g. `wxLocalResource://…`; good for this visit. */
interface Local {
  localId: string
}

/** A file on WeChat's servers, kept for three days: the `media_id` of `/cgi-bin/media/get`. */
interface Remote {
  serverId: string
}

interface Progress {
  /** 1 (the default) shows WeChat's own progress. */
  isShowProgressTips?: 0 | 1
}

export interface ImageCalls {
  chooseImage: Call<
    {
      /** 1 to 9. Default 9. */
      count?: number
      sizeType?: ('original' | 'compressed')[]
      sourceType?: ('album' | 'camera')[]
    },
    { localIds: string[] }
  >
  previewImage: Call<{ current: string; urls: string[] }>
  uploadImage: Call<Local & Progress, Remote>
  downloadImage: Call<Remote & Progress, Local>
  /** iOS shows no `wxLocalResource://`: this gives a data URL there, on Android bare base64. */
  getLocalImgData: Call<Local, { localData: string }>
}

export interface VoiceCalls {
  startRecord: Call
  stopRecord: Call<object, Local>
  playVoice: Call<Local>
  pauseVoice: Call<Local>
  stopVoice: Call<Local>
  uploadVoice: Call<Local & Progress, Remote>
  downloadVoice: Call<Remote & Progress, Local>
  translateVoice: Call<Local & Progress, { translateResult: string }>
}

export interface VoiceEvents {
  /** A recording ends by itself after a minute. */
  onVoiceRecordEnd: Local
  onVoicePlayEnd: Local
}

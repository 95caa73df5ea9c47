/** One JS-API: what it takes and what it answers. */
export interface Call<Args extends object = object, Result extends object = object> {
  args: Args
  result: Result
}

/** What every answer holds. */
export interface WxReply {
  /** `<api>:ok`, `<api>:cancel` or the text of the failure. */
  errMsg: string
}

/** All of them are optional: `complete` comes last, after one of the others. */
export interface WxCallbacks<Result extends object = object> {
  success?: (reply: Result & WxReply) => void
  cancel?: (reply: WxReply) => void
  fail?: (reply: WxReply) => void
  complete?: (reply: WxReply) => void
}

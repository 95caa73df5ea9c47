/** The folder cannot hold a key. */
export class UnsafeFolder extends Error {
  readonly folder: string
  /**
   * `mode`: others may write in it. `owner`: it, or the key in it, is somebody else's. `no file`: where the key should be
   * is something else. Else the code of the system's error.
   */
  readonly reason: string

  constructor(folder: string, reason: string) {
    super(`${folder} cannot hold the key of a certificate authority: ${reason}`)
    this.name = 'UnsafeFolder'
    this.folder = folder
    this.reason = reason
  }
}

/**
 * The answer of `getLocalImgData` as an address that an `<img>` shows everywhere. iOS gives a data URL of the type
 * `image/jgp`, which is none; Android gives bare base64 (field reports since 2018).
 */
export function pictureOf({ localData }: { localData: string }): string {
  if (!localData.startsWith('data:')) return `data:image/jpeg;base64,${localData}`
  return localData.replace(/^data:image\/jgp/, 'data:image/jpeg')
}

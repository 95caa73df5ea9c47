import { PictureRefused, type Picture } from '../picture.ts'

/** One kind of picture. */
export interface PictureFormat {
  /** Whether a file begins as this kind does. */
  begins(bytes: Buffer): boolean
  /**
   * Reads it, and writes again what draws it.
   *
   * @throws {PictureRefused} it is broken, or it moves
   * @throws {RangeError} it ends too early, or has lengths that lead out of it
   */
  read(bytes: Buffer): Picture
}

export interface Size {
  width: number
  height: number
}

export const LARGEST_PROFILE = 20_000 // bytes: what a colour profile may hold, packed

export const broken = (): PictureRefused => new PictureRefused('picture_broken')

/** Some bytes of a file. @throws {PictureRefused} the file does not have them */
export const part = (bytes: Buffer, from: number, to: number): Buffer => {
  if (from > to || to > bytes.length) throw broken()
  return bytes.subarray(from, to)
}

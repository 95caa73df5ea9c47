import { jpeg } from './formats/jpeg.ts'
import { png } from './formats/png.ts'
import { webp } from './formats/webp.ts'
import { LARGEST_FILE, PictureRefused, type Picture } from './picture.ts'

const FORMATS = [jpeg, png, webp]
const LARGEST_SIDE = 12_000 // pixels
const MOST_PIXELS = 50_000_000

/**
 * Reads a picture by its content, whatever it is called, and writes it again without what does not draw it: places,
 * times, comments, and whatever follows its end.
 *
 * @throws {PictureRefused}
 */
export function readPicture(file: Uint8Array): Picture {
  if (file.length > LARGEST_FILE) throw new PictureRefused('picture_too_large')
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length)
  const format = FORMATS.find(({ begins }) => begins(bytes))
  if (!format) throw new PictureRefused('no_picture')
  let picture: Picture
  try {
    picture = format.read(bytes)
  } catch (error) {
    // A file that ends too early, or has lengths that lead out of it.
    if (error instanceof RangeError) throw new PictureRefused('picture_broken')
    throw error
  }
  const { width, height } = picture
  if (width < 1 || height < 1) throw new PictureRefused('picture_broken')
  if (width > LARGEST_SIDE || height > LARGEST_SIDE || width * height > MOST_PIXELS)
    throw new PictureRefused('picture_too_large')
  return picture
}

import { Errcode } from '../api/errcode.ts'
import type { Platform } from '../platform.ts'

/**
 * The id of a file that the account has, temporary or permanent.
 *
 * @param type which kind it has to be, where that is looked at
 * @throws {Errcode} 41006 for none, 40007 for one that the account does not have, or that is of another kind
 */
export function mediaOf(
  { fileOf }: Pick<Platform, 'fileOf'>,
  mediaId: string,
  type?: 'image' | 'voice' | 'video',
): string {
  if (mediaId === '') throw new Errcode(41006)
  const file = fileOf(mediaId)
  if (!file || (type !== undefined && file.type !== type)) throw new Errcode(40007)
  return mediaId
}

/** The part of a body that its type asks for. @throws {Errcode} 47001 where it is missing */
export function need<Part>(part: Part | undefined): Part {
  if (part === undefined) throw new Errcode(47001)
  return part
}

/** @throws {Errcode} 44004 for no text, 45002 for more than 2,048 bytes */
export function checkText(content: string): string {
  if (content === '') throw new Errcode(44004)
  if (Buffer.byteLength(content) > 2048) throw new Errcode(45002)
  return content
}

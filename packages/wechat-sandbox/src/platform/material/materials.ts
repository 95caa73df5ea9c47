import { secret } from '../credentials/tokens.ts'
import { forgetOldest } from '../forgetOldest.ts'

/** A file that stays: in the account's library, or a picture inside articles, which is in no list. */
export interface Material {
  type: 'image' | 'voice' | 'video' | 'thumb' | 'inline'
  /** Of the file. */
  name: string
  contentType: string
  bytes: Buffer
  /** Of a video. */
  title?: string
  description?: string
}

/** What a list of the library can be asked for. */
export type MaterialList = 'image' | 'voice' | 'video'

export type KeptMaterial = Material & { id: string; updatedAt: number }

// The sandbox's own bounds; WeChat keeps 100,000 pictures and 1,000 of the rest.
const KEPT = { entries: 500, bytes: 64_000_000, sizeOf: ({ bytes }: Material) => bytes.length }

/** The account's permanent media, by media id. */
export class Materials {
  readonly #now: () => number
  readonly #all = new Map<string, KeptMaterial>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** @returns its media id */
  add(material: Material): string {
    const id = secret(64)
    this.#all.set(id, { ...material, id, updatedAt: this.#now() })
    forgetOldest(this.#all, KEPT)
    return id
  }

  /** What the library has; pictures inside articles have no media id. */
  get(id: string): (KeptMaterial & { type: Exclude<Material['type'], 'inline'> }) | undefined {
    const material = this.#all.get(id)
    return material && isListed(material) ? material : undefined
  }

  /** A picture with an address of its own. */
  picture(id: string): KeptMaterial | undefined {
    const material = this.#all.get(id)
    return material?.contentType.startsWith('image/') ? material : undefined
  }

  /** @returns whether it was there */
  remove(id: string): boolean {
    return this.get(id) !== undefined && this.#all.delete(id)
  }

  /** One list of the library, newest first. A thumb is a picture there (assumed). */
  list(type: MaterialList): KeptMaterial[] {
    const isWanted = (one: KeptMaterial) => one.type === type || (type === 'image' && one.type === 'thumb')
    return [...this.#all.values()].filter(isWanted).reverse()
  }
}

function isListed(
  material: KeptMaterial,
): material is KeptMaterial & { type: Exclude<Material['type'], 'inline'> } {
  return material.type !== 'inline'
}

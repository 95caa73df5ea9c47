import { png } from '../png.ts'

type Rgb = [number, number, number]

interface Scene {
  name: string
  sky: [top: Rgb, bottom: Rgb]
  sun: { x: number; y: number; size: number; colour: Rgb }
  hills: [far: Rgb, near: Rgb]
}

const SCENES: Scene[] = [
  {
    name: 'dawn',
    sky: [
      [88, 108, 168],
      [255, 196, 150],
    ],
    sun: { x: 0.68, y: 0.52, size: 0.13, colour: [255, 236, 190] },
    hills: [
      [108, 94, 138],
      [58, 52, 92],
    ],
  },
  {
    name: 'noon',
    sky: [
      [64, 156, 214],
      [206, 236, 240],
    ],
    sun: { x: 0.24, y: 0.24, size: 0.1, colour: [255, 250, 214] },
    hills: [
      [112, 176, 120],
      [48, 118, 84],
    ],
  },
  {
    name: 'dusk',
    sky: [
      [52, 32, 84],
      [240, 104, 86],
    ],
    sun: { x: 0.5, y: 0.6, size: 0.17, colour: [255, 190, 92] },
    hills: [
      [96, 40, 84],
      [40, 20, 52],
    ],
  },
  {
    name: 'night',
    sky: [
      [10, 18, 44],
      [38, 62, 104],
    ],
    sun: { x: 0.76, y: 0.26, size: 0.08, colour: [232, 238, 250] },
    hills: [
      [24, 44, 68],
      [10, 22, 38],
    ],
  },
]

/** The photos on the sandbox's phone: landscapes, painted here. */
export const SAMPLE_PICTURES: readonly { name: string }[] = SCENES.map(({ name }) => ({ name }))

const WIDTH = 320
const HEIGHT = 240
const painted = new Map<string, Buffer>()

/** A sample picture as PNG, or undefined where there is none of that name. */
export function samplePicture(name: string): Buffer | undefined {
  const scene = SCENES.find((one) => one.name === name)
  if (!scene) return undefined
  const picture = painted.get(name) ?? paint(scene)
  painted.set(name, picture)
  return picture
}

function paint(scene: Scene): Buffer {
  const size = { width: WIDTH, height: HEIGHT, pixels: 'rgb' } as const
  return png(size, (x, y) => colourAt(scene, x / WIDTH, y / HEIGHT))
}

function colourAt({ sky, sun, hills }: Scene, x: number, y: number): Rgb {
  if (y > 0.84 + 0.09 * Math.sin(x * 5 + 2)) return hills[1]
  if (y > 0.7 + 0.08 * Math.sin(x * 8) + 0.04 * Math.sin(x * 19)) return hills[0]
  const distance = Math.hypot(x - sun.x, (y - sun.y) * (HEIGHT / WIDTH))
  if (distance < sun.size / 2) return sun.colour
  return mix(mix(sky[0], sky[1], y), sun.colour, Math.max(0, 0.5 - distance * 1.6))
}

const mix = (a: Rgb, b: Rgb, share: number): Rgb =>
  a.map((value, at) => Math.round(value + ((b[at] ?? 0) - value) * share)) as Rgb

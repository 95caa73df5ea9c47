import { button, el } from './elements.js'
import { layerBar, openLayer } from './layer.js'
import { SANDBOX_PATH } from './sandboxPath.js'
import { words } from './words.js'

const NAMES = ['dawn', 'noon', 'dusk', 'night']

const source = (name: string): string => `${SANDBOX_PATH}/pictures/${name}.png`

/** The phone's album: the person picks some, or none by closing it. */
export function pickPictures(count: number): Promise<string[] | null> {
  return new Promise((done) => {
    const picked = new Set<string>()
    const finish = button('primary', () => undefined, [words.done], { disabled: true })
    openLayer(
      'viewer',
      words.choosePictures(count),
      (close) => {
        finish.addEventListener('click', () => (done([...picked]), close()))
        return [
          layerBar(words.choosePictures(count), close),
          el('div', { class: 'album' }, ...NAMES.map((name) => tile(name, picked, count, finish))),
          el('footer', { class: 'layer-foot' }, finish),
        ]
      },
      () => done(null),
    )
  })
}

/** Pictures of a page in full, one after another. */
export function viewPictures(urls: string[], current: string): void {
  let at = Math.max(0, urls.indexOf(current))
  const image = el('img', { class: 'full-picture', alt: '' })
  const count = el('p', { class: 'picture-count' })
  const show = (step: number) => {
    at = (at + step + urls.length) % urls.length
    image.src = urls[at] ?? ''
    count.textContent = words.of(at + 1, urls.length)
  }
  openLayer('viewer', words.pictures, (close) => [
    layerBar(words.pictures, close),
    button('picture-next', () => show(1), [image], { 'aria-label': words.pictures }),
    count,
  ])
  show(0)
}

function tile(name: string, picked: Set<string>, count: number, finish: HTMLButtonElement): HTMLElement {
  const label = words.pictureNames[name] ?? name
  const one = button('tile', () => toggle(), [el('img', { src: source(name), alt: label })], {
    'aria-pressed': 'false',
  })
  const toggle = () => {
    if (picked.has(name)) picked.delete(name)
    else if (picked.size < count) picked.add(name)
    one.setAttribute('aria-pressed', String(picked.has(name)))
    finish.disabled = picked.size === 0
  }
  return one
}

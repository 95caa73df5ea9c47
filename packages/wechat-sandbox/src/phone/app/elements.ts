type Child = Node | string | false | undefined
type Properties = Record<string, string | boolean | ((event: Event) => void)>

/** Makes an element: `el('p', { class: 'a' }, 'text')`. Functions in the properties become listeners. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') element.addEventListener(name, value)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== false) element.setAttribute(name, value)
  }
  element.append(...children.filter((child) => child !== false && child !== undefined))
  return element
}

/** A button that does something. */
export const button = (
  name: string,
  click: () => void,
  children: Child[],
  properties: Properties = {},
): HTMLButtonElement => el('button', { type: 'button', class: name, click, ...properties }, ...children)

/** The element with this id, which the page is known to have. */
export function byId<T extends HTMLElement>(id: string): T {
  const element = document.getElementById(id)
  if (!element) throw new Error(`#${id} is missing`)
  return element as T
}

/** A line drawing of 24 by 24, from the path that draws it. */
export function icon(path: string): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  shape.setAttribute('d', path)
  svg.append(shape)
  return svg
}

/** A picture, and what stands in its place where it can't be had. */
export function image(properties: Properties, instead: () => Node): HTMLImageElement {
  const shown = el('img', { ...properties, error: () => shown.replaceWith(instead()) })
  return shown
}

/** Somebody's picture, or else the first letter of the name. */
export const avatar = ({ avatar: src, nickname }: { avatar: string; nickname: string }): HTMLElement =>
  image({ class: 'avatar', src, alt: nickname }, () =>
    el('span', { class: 'avatar letter-picture', role: 'img', 'aria-label': nickname }, [...nickname][0]),
  )

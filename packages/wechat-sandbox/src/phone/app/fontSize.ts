import { button, el } from './elements.js'
import { openLayer } from './layer.js'
import type { Store } from './store.js'
import { words } from './words.js'

const SIZES = [0.85, 1, 1.15, 1.3, 1.5]

/** The person's font size, from "···". */
export function chooseFontSize(store: Store): void {
  openLayer('sheet', words.fontSize, (close) => [
    el(
      'div',
      { class: 'sizes' },
      ...SIZES.map((fontScale) =>
        button(
          'size',
          () => (close(), void store.change('device', { fontScale })),
          [`A ${Math.round(fontScale * 100)}%`],
          {
            style: `font-size: ${fontScale}em`,
            'aria-pressed': String(fontScale === store.state.look.fontScale),
          },
        ),
      ),
    ),
    button('sheet-cancel', close, [words.cancel]),
  ])
}

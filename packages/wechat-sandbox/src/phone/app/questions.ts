import type { Question } from '../../native/questions.ts'
import { button, el, icon } from './elements.js'
import { ICONS } from './icons.js'
import { layerBar, openLayer } from './layer.js'
import { pickPictures } from './pictures.js'
import { words } from './words.js'

/** An open tag that was tapped is asked about by the page's half itself. */
export type PageQuestion = Question | { kind: 'openTag'; tag: string; attributes: Record<string, string> }

/** Asks the person what a page wants to know. Null: they closed the dialog. */
export function askPerson(question: PageQuestion): Promise<unknown> {
  switch (question.kind) {
    case 'pictures':
      return pickPictures(question.count)
    case 'scan':
      return scan()
    case 'location':
      return confirm(words.askLocation, '')
    case 'pay':
      return confirm(words.askPay, `${question.orderId} · ${words.payHint}`)
    case 'address':
      return confirm(words.askAddress, '上海市黄浦区人民大道 1 号')
    case 'addCards':
      return confirm(words.askCards, question.cardIds.join(', '))
    case 'chooseCard':
      return confirm(words.askCard, question.cardType)
    case 'openTag':
      return question.tag === 'wx-open-subscribe'
        ? confirm(words.askSubscribe, question.attributes['template'] ?? '')
        : confirm(words.askLaunch, [question.attributes['username'], question.attributes['path']].join(' '))
  }
}

/** The scanner: what the code says is typed, since there is no camera. */
export function scan(account?: { tell: (scene: string) => void }): Promise<string | null> {
  return new Promise((done) => {
    openLayer(
      'viewer',
      words.scanTitle,
      (close) => {
        const code = el('input', {
          name: 'code',
          'aria-label': words.scanHint,
          value: location.href,
          autocomplete: 'off',
        })
        const submit = (event: Event) => {
          event.preventDefault()
          const text = code.value.trim()
          if (text) done(text)
          close()
        }
        return [
          layerBar(words.scanTitle, close),
          el('div', { class: 'scanner', 'aria-hidden': 'true' }, icon(ICONS.scan)),
          el('form', { class: 'scan-form', submit }, code, el('button', { class: 'primary' }, words.confirm)),
          ...(account ? [accountCode(account.tell, close)] : []),
        ]
      },
      () => done(null),
    )
  })
}

function accountCode(tell: (scene: string) => void, close: () => void): HTMLElement {
  const scene = el('input', {
    name: 'scene',
    'aria-label': words.scanAccount,
    value: '1001',
    autocomplete: 'off',
  })
  const submit = (event: Event) => {
    event.preventDefault()
    close()
    tell(scene.value.trim() || '1001')
  }
  const label = el('label', {}, words.scanAccount, scene)
  return el('form', { class: 'scan-form', submit }, label, el('button', { class: 'primary' }, words.scan))
}

function confirm(title: string, text: string): Promise<true | null> {
  return new Promise((done) => {
    openLayer(
      'dialog',
      title,
      (close) => [
        el('h2', {}, title),
        el('p', {}, text),
        el(
          'div',
          { class: 'dialog-buttons' },
          button('plain', close, [words.deny]),
          button('primary', () => (done(true), close()), [words.allow]),
        ),
      ],
      () => done(null),
    )
  })
}

// Part of the page's half of the bridge: open tags (wx-open-launch-weapp and others), which the app draws.

/** What a tag tells the page once the person has tapped it. */
interface TagResult {
  type: string
  detail: Json
}

// eslint-disable-next-line @typescript-eslint/no-unused-vars -- called by pageBridge.ts
function installOpenTags({ tellPhone, onOrder }: PageBridge) {
  let granted: string[] = []
  let grantedAt = ''
  let taps = 0

  function define(tag: string): void {
    if (customElements.get(tag)) return
    customElements.define(
      tag,
      class extends HTMLElement {
        connectedCallback() {
          setTimeout(() => draw(this)) // its template may still be on its way
        }
      },
    )
  }

  // The template is shown in a shadow tree, so that the page's styles end at the tag, as in WeChat.
  function draw(tag: HTMLElement): void {
    const isGranted = granted.includes(tag.localName)
    const root = tag.shadowRoot ?? tag.attachShadow({ mode: 'open' })
    const template = tag.querySelector('template, script[type="text/wxtag-template"]')
    root.innerHTML = isGranted && template ? template.innerHTML : ''
    if (!isGranted || tag.dataset['wxTapped'] !== undefined) return
    tag.dataset['wxTapped'] = ''
    tag.addEventListener('click', () => void tap(tag))
    tag.dispatchEvent(new CustomEvent('ready', { detail: {} }))
  }

  async function tap(tag: HTMLElement): Promise<void> {
    if (!granted.includes(tag.localName)) return
    const attributes = Object.fromEntries([...tag.attributes].map(({ name, value }) => [name, value]))
    const { type, detail } = await resultOf(tag.localName, attributes)
    tag.dispatchEvent(new CustomEvent(type, { detail }))
  }

  function resultOf(tag: string, attributes: Record<string, string>): Promise<TagResult> {
    const agreed = tagResult(tag, attributes)
    if (window.parent === window) return Promise.resolve(agreed)
    const id = `tag ${++taps}`
    return new Promise((done) => {
      onOrder(`answer ${id}`, ({ answer }) =>
        done(answer === true ? agreed : { type: 'error', detail: { errMsg: failureOf(tag) } }),
      )
      tellPhone({ event: 'question', id, question: { kind: 'openTag', tag, attributes } })
    })
  }

  const redraw = () => granted.forEach((tag) => document.querySelectorAll<HTMLElement>(tag).forEach(draw))

  return {
    /** A config that asked for tags has passed. */
    grant({ tags, error }: { tags: string[]; error?: string }): void {
      if (error) document.dispatchEvent(new CustomEvent('WeixinOpenTagsError', { detail: { errMsg: error } }))
      granted = tags
      grantedAt = location.href.split('#')[0] ?? ''
      tags.forEach(define)
      redraw()
    },
    /** After a route change tags lose their permission until the next config (开放标签使用说明). */
    onAddress(): void {
      if (!granted.length || grantedAt === location.href.split('#')[0]) return
      const before = granted
      granted = []
      before.forEach((tag) => document.querySelectorAll<HTMLElement>(tag).forEach(draw))
    },
  }
}

function tagResult(tag: string, attributes: Record<string, string>): TagResult {
  if (tag === 'wx-open-subscribe') {
    const ids = (attributes['template'] ?? '').split(',').filter(Boolean)
    const details = Object.fromEntries(ids.map((id) => [id, JSON.stringify({ status: 'accept' })]))
    return {
      type: 'success',
      detail: { errMsg: 'subscribe:ok', subscribeDetails: JSON.stringify(details) },
    }
  }
  // No other app is on this phone.
  if (tag === 'wx-open-launch-app') return { type: 'error', detail: { errMsg: 'launch:fail' } }
  return { type: 'launch', detail: {} }
}

const failureOf = (tag: string): string => (tag === 'wx-open-subscribe' ? 'subscribe:fail' : 'launch:fail')

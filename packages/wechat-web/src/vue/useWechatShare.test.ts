import {
  createRenderer,
  effectScope,
  h,
  KeepAlive,
  nextTick,
  ref,
  shallowRef,
  type Component,
  type VNode,
} from 'vue'
import { beforeEach, expect, it, vi } from 'vitest'
import { FakePage, IOS, type FakeWx } from '../fakeWx.ts'
import type { Jssdk } from '../jssdk.ts'
import type { ShareCard } from '../shareCard.ts'
import { jssdkKey } from './useJssdk.ts'
import { useWechatShare, type UseWechatShareReturn } from './useWechatShare.ts'

const card: ShareCard = { title: 'T', desc: 'D', imgUrl: '/a.jpg' }
let page: FakePage
let wx: FakeWx
let jssdk: Jssdk
beforeEach(() => {
  page = new FakePage()
  ;({ wx } = page)
  jssdk = page.open(IOS)
})
/** The title that WeChat would share now. */
const shared = () => wx.shared[wx.shared.length - 1]?.['title']
const isShared = (title: string) => vi.waitFor(() => expect(shared()).toBe(title))

it('outside WeChat it is settled at once and asks nothing', async () => {
  const { status, error, isSupported, refresh } = useWechatShare(card, { jssdk: page.open('Safari') })
  await refresh()
  expect([status.value, error.value, isSupported.value]).toEqual(['outside', undefined, false])
  expect(wx.called).toEqual([])
})

it('is ready when WeChat has stored the card, and says what failed', async () => {
  const source = ref(card)
  const { status, error, isSupported, refresh } = useWechatShare(source, { jssdk })
  expect([status.value, isSupported.value]).toEqual(['pending', true])
  await vi.waitFor(() => expect(status.value).toBe('ready'))
  wx.shareReply = () => 'updateAppMessageShareData:fail,link must be in js secure domain list'
  source.value = { ...card, title: 'next' }
  await vi.waitFor(() => expect(status.value).toBe('failed'))
  expect(error.value).toMatchObject({ code: 'card_refused' })
  wx.shareReply = () => 'updateAppMessageShareData:ok'
  await refresh()
  expect([status.value, error.value, shared()]).toEqual(['ready', undefined, 'next'])
})

it('follows a card that is changed in place', async () => {
  const source = ref<ShareCard>()
  useWechatShare(source, { jssdk })
  source.value = { ...card }
  await isShared('T')
  source.value.title = 'changed'
  await isShared('changed')
})

it('the same card, put together again from what came later, is not given to WeChat again', async () => {
  const source = ref<ShareCard>({ ...card })
  const { status } = useWechatShare(() => ({ ...source.value }), { jssdk })
  await vi.waitFor(() => expect(status.value).toBe('ready'))
  const seen = wx.called.length
  source.value = { ...card }
  await nextTick()
  await new Promise((done) => setTimeout(done, 20))
  expect([status.value, wx.called.length]).toEqual(['ready', seen])
})

it('ends with its scope, and the one before has its card again', async () => {
  const { status } = useWechatShare(card, { jssdk })
  const scope = effectScope()
  const dialog = scope.run(() => useWechatShare({ ...card, title: 'dialog' }, { jssdk }))
  await vi.waitFor(() => expect([status.value, dialog?.status.value]).toEqual(['covered', 'ready']))
  scope.stop()
  await isShared('T')
  expect(status.value).toBe('ready')
})

// Vue's own KeepAlive, on a tree that nobody sees.
interface Node {
  children: Node[]
  parent?: Node
}
const { createApp } = createRenderer<Node, Node>({
  createElement: () => ({ children: [] }),
  createText: () => ({ children: [] }),
  createComment: () => ({ children: [] }),
  insert: (child, parent) => (parent.children.push(child), void (child.parent = parent)),
  remove: (child) => void child.parent?.children.splice(child.parent.children.indexOf(child), 1),
  parentNode: (node) => node.parent ?? null,
  nextSibling: () => null,
  setText: () => undefined,
  setElementText: () => undefined,
  patchProp: () => undefined,
})

it('a page that KeepAlive has put aside shares nothing; when it is back its card is, or its dialog’s', async () => {
  const statuses: Record<string, UseWechatShareReturn['status']> = {}
  const listTitle = ref('list')
  const part = (name: string, title: () => string, inside?: () => VNode | undefined): Component => ({
    name,
    setup() {
      statuses[name] = useWechatShare(() => ({ ...card, title: title() })).status
      return () => h('main', [inside?.()])
    },
  })
  const isOpen = ref(false)
  const Dialog = part('Dialog', () => 'dialog')
  const List = part(
    'List',
    () => listTitle.value,
    () => (isOpen.value ? h(Dialog) : undefined),
  )
  const Article = part('Article', () => 'article')
  const shown = shallowRef(List)
  const app = createApp(() => h(KeepAlive, () => h(shown.value)))
  app.provide(jssdkKey, jssdk).mount({ children: [] })

  await isShared('list')
  shown.value = Article
  await isShared('article')
  listTitle.value = 'changed while hidden'
  await nextTick()
  await new Promise((done) => setTimeout(done, 20))
  expect([shared(), statuses['List']?.value]).toEqual(['article', 'covered'])
  shown.value = List
  await isShared('changed while hidden')
  expect(statuses['Article']?.value).toBe('covered')

  isOpen.value = true
  await isShared('dialog')
  shown.value = Article
  await isShared('article')
  shown.value = List
  await isShared('dialog')
  isOpen.value = false
  await isShared('changed while hidden')
  app.unmount()
})

it('is set again for the address of the next route, by whatever router there is', async () => {
  const route = shallowRef({ fullPath: '/a' })
  const app = createApp({ setup: () => (useWechatShare(card), () => h('main')) })
  Object.defineProperty(app.config.globalProperties, '$route', { get: () => route.value })
  app.provide(jssdkKey, jssdk).mount({ children: [] })
  await isShared('T')
  const before = wx.shared.length
  page.location.href = 'https://h5.example.com/b'
  route.value = { fullPath: '/b' }
  await vi.waitFor(() => expect(wx.shared.length).toBeGreaterThan(before))
  app.unmount()
})

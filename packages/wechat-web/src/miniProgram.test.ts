import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { createMiniProgramSharing } from './miniProgram.ts'
import type { ShareCard } from './shareCard.ts'

const location = { href: 'https://h5.example.com/articles/a?from=singlemessage' } as Location
const card: ShareCard = { title: 'T', desc: 'D', imgUrl: '/a.jpg' }
const complete = {
  ...card,
  imgUrl: 'https://h5.example.com/a.jpg',
  link: 'https://h5.example.com/articles/a',
}

function open() {
  const messages: unknown[] = []
  const miniProgram = { postMessage: ({ data }: { data: unknown }) => void messages.push(data) }
  const post = createMiniProgramSharing({
    window: { location },
    load: async () => ({ wx: { miniProgram } as never }),
  })
  return { post, messages }
}

it('posts the card as WeChat wants one', async () => {
  const { post, messages } = open()
  expect(await post(card)).toBe('posted')
  expect(messages).toEqual([{ shareCard: complete }])
})

it('one that is overtaken is not posted', async () => {
  const { post, messages } = open()
  expect(await post(card, { signal: AbortSignal.abort() })).toBeUndefined()
  expect(messages).toEqual([])
})

interface MiniProgramPage {
  onMessage(event: { detail: { data: unknown[] } }): void
  onShareAppMessage(event: { webViewUrl: string }): unknown
}

it('the mini program of the README shares the newest card, and the page itself where there is none', async () => {
  const { post, messages } = open()
  const document = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
  const [, code = ''] = /^```js\n(.*?)^```/ms.exec(document) ?? []
  let page: MiniProgramPage | undefined
  runInNewContext(code, { Page: (made: MiniProgramPage) => void (page = made), encodeURIComponent })
  const event = { webViewUrl: 'https://h5.example.com/b' }
  expect(page?.onShareAppMessage(event)).toMatchObject({
    path: '/pages/web/web?url=https%3A%2F%2Fh5.example.com%2Fb',
  })
  await post({ ...card, title: 'before' })
  await post(card)
  page?.onMessage({ detail: { data: ['of others', ...messages] } })
  expect(page?.onShareAppMessage(event)).toEqual({
    title: 'T',
    imageUrl: complete.imgUrl,
    path: '/pages/web/web?url=https%3A%2F%2Fh5.example.com%2Farticles%2Fa',
  })
})

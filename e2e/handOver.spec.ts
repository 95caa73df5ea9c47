// Everybody has a phone of their own, with cookies and storage of their own; here one browser has them all.
import { expect, inPage, test } from './phoneWorld.ts'

const MINE = `[/mine=(\\w+)/.exec(document.cookie)?.[1] ?? null, localStorage.getItem('mine'), sessionStorage.getItem('mine')]`
const keep = (name: string) =>
  `document.cookie = 'mine=${name}; path=/'; localStorage.setItem('mine', '${name}'); sessionStorage.setItem('mine', '${name}')`

test('hand-overs that come faster than they are done leave everybody what is theirs', async ({ open }) => {
  const { page, web } = await open()
  /** Chooses one after the other without waiting; then the page of the last one has this. */
  async function choose(people: string[], has: string | null): Promise<void> {
    await page.evaluate((names) => {
      for (const name of names)
        document.querySelector<HTMLInputElement>(`input[name="person"][value="${name}"]`)?.click()
    }, people)
    const holder = async () =>
      (await page.context().cookies()).find(({ name }) => name === 'wechat_person')?.value
    await expect.poll(holder).toBe(people.at(-1))
    await expect(web.getByRole('heading', { name: 'Plain site' })).toBeVisible()
    await expect.poll(() => inPage(web, MINE)).toEqual([has, has, has])
  }

  await inPage(web, keep('xiaoqing'))
  await choose(['amu'], null)
  await inPage(web, keep('amu'))
  await choose(['xiaoqing'], 'xiaoqing')
  await choose(['amu', 'lin'], null)
  await choose(['amu'], 'amu')
  await choose(['lin', 'xiaoqing'], 'xiaoqing')
})

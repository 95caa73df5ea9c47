import { describe, expect, it } from 'vitest'
import { readSite } from './siteFile.ts'

const least = { name: 'Tea', shortName: 'Tea' }

it('a name is enough, and what is left empty is not there', () => {
  const site = readSite(least)
  expect(site).toMatchObject({ ...least, language: 'zh-CN', icp: '', account: { name: '', qr: '' } })
  expect(readSite({ ...least, icp: '', police: { number: '', url: '' } }).icp).toBe('')
})

it('the number of the police leads to where it is looked up, whichever way it is written', () => {
  const number = '京公网安备11010102001234号'
  const url = 'https://beian.mps.gov.cn/#/query/webSearch?code=11010102001234'
  expect(readSite({ ...least, police: number }).police).toEqual({ number, url, icon: '' })
  expect(readSite({ ...least, police: { number } }).police).toEqual({ number, url, icon: '' })
  const own = 'https://www.beian.gov.cn/portal/registerSystemInfo?recordcode=11010102001234'
  expect(readSite({ ...least, police: { number, url: own } }).police.url).toBe(own)
})

describe('what is wrong is named', () => {
  it.each([
    [{ shortName: 'Tea' }, 'content/site.json: name has to be what the site is called, a text'],
    [{ ...least, ipc: '1' }, 'content/site.json: ipc: no such field'],
    [
      { ...least, icp: 12 },
      'content/site.json: icp has to be the ICP 备案 number, a text like 京ICP备12345678号-1',
    ],
    [
      { ...least, account: { qr: 'code.png' } },
      'content/site.json: account.qr has to be { name, qr } of the Official Account; qr is the path of its QR code, like /account.png',
    ],
    [{ ...least, account: { image: '/a.png' } }, 'content/site.json: account.image: no such field'],
    [
      { ...least, language: 'fr' },
      "content/site.json: language has to be zh-CN or en: the site's own language",
    ],
    [{ ...least, police: { number: '1', url: 'javascript:alert(1)' } }, /police/],
    [[], 'content/site.json: the file is an object with name and shortName'],
  ])('%j', (value, message) => expect(() => readSite(value)).toThrow(message))
})

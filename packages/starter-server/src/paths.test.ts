import { describe, expect, it } from 'vitest'
import { bySpecificity, fillPath, matchPath } from './paths.ts'

describe('a path', () => {
  it.each([
    ['/', '/', {}],
    ['/products/:id', '/products/1', { id: '1' }],
    ['/products/:id', '/Products/Ab/', { id: 'Ab' }],
    ['/products/:id', '/products/%E8%8C%B6', { id: '茶' }],
    ['/products/:id', '/products/%E6', { id: '%E6' }],
    ['/a/:b/c/:d', '/a/1/c/2%2F3', { b: '1', d: '2/3' }],
  ])('%s has the parameters of %s', (path, asked, params) => expect(matchPath(path, asked)).toEqual(params))

  it.each([
    ['/', '/a'],
    ['/', '//'],
    ['/products/:id', '/products'],
    ['/products/:id', '/products/'],
    ['/products/:id', '/products//'],
    ['/products/:id', '/products/1/2'],
    ['/products/:id', '/product/1'],
  ])('%s is not %s', (path, asked) => expect(matchPath(path, asked)).toBeUndefined())

  it('comes back when it is filled', () => {
    const params = { b: '茶/酒', d: '%' }
    expect(matchPath('/a/:b/c/:d', fillPath('/a/:b/c/:d', params))).toEqual(params)
  })
})

it('words are looked at before parameters', () => {
  const paths = ['/:page', '/products/:id', '/products/new', '/', '/products/:id/parts']
  expect(paths.map((path) => ({ path })).sort(bySpecificity)).toEqual(
    ['/', '/products/new', '/products/:id', '/products/:id/parts', '/:page'].map((path) => ({ path })),
  )
})

import { expect, it } from 'vitest'
import { installOnDebian, type Machine } from './debianPackage.ts'
import { findProgram } from './redisServer.ts'

function machine(is: Pick<Machine, 'isDebian' | 'isRoot'>) {
  const done: string[] = []
  const own: Machine = {
    ...is,
    say: (line) => done.push(line),
    aptGet: (...args) => done.push(args.join(' ')),
  }
  return { own, done }
}

it('on Debian as root it is said what is installed and why, and then done', () => {
  const { own, done } = machine({ isDebian: true, isRoot: true })
  expect(installOnDebian(['redis-server'], 'The tests of the store', own)).toBe(true)
  expect(done).toEqual([
    expect.stringMatching(/^The tests of the store need redis-server: .*apt-get.*Debian and root…$/),
    'update',
    'install --yes --no-install-recommends redis-server',
  ])
})

it.each([
  { isDebian: true, isRoot: false },
  { isDebian: false, isRoot: true },
  { isDebian: false, isRoot: false },
])('nothing is installed where it may not be: %j', (is) => {
  const { own, done } = machine(is)
  expect(installOnDebian(['redis-server'], 'The tests of the store', own)).toBe(false)
  expect(done).toEqual([])
})

it('there, one line says what to install', () => {
  const { own } = machine({ isDebian: false, isRoot: true })
  const find = () => findProgram(own, () => false)
  expect(find).toThrow(/^These tests need redis-server\. Install it \(.*apt-get.*brew.*\)\.$/)
})

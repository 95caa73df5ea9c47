import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readStoreAddress, storeUrlProblem } from './storeAddress.ts'

function refusalOf(url: string): unknown {
  try {
    return readStoreAddress(url)
  } catch (error) {
    return error
  }
}

describe('an address that can be used', () => {
  it.each([
    ['memory:', ''],
    ['sqlite:./data/app.db', ''],
    ['redis://127.0.0.1:6379/3', '127.0.0.1:6379'],
    ['rediss://user:hunter2@cache.example.com', 'cache.example.com'],
    ['redis://:p%23w%2Fhunter2@[::1]:6379', '[::1]:6379'],
    ['redis://:hunter2@old@host', 'host'],
    [
      'redis+sentinel://app:hunter2@a:26379,b,[::1]:26380/2?name=site&sentinelPassword=p%26w',
      'a:26379,b,[::1]:26380',
    ],
    ['rediss+sentinel://a:26379', 'a:26379'],
    ['redis+cluster://app:hunter2@a:7000,b:7001/0', 'a:7000,b:7001'],
    ['rediss+cluster://a', 'a'],
    [
      'mongodb://user:hunter2@a.example.com:27017,b.example.com:27018/x?replicaSet=rs0',
      'a.example.com:27017,b.example.com:27018',
    ],
    ['mongodb+srv://user:hunter2@cluster.example.net/x?retryWrites=true', 'cluster.example.net'],
  ])('%s', (url, hosts) => {
    expect(storeUrlProblem(url)).toBeUndefined()
    expect(readStoreAddress(url).hosts).toBe(hosts)
  })

  it('names the database of several hosts', () => {
    expect(readStoreAddress('mongodb://u:p@a,b,c:27019/wechat%20site?replicaSet=rs0').path).toBe(
      'wechat site',
    )
  })
})

describe('an address that cannot be used is told in words, and never quoted', () => {
  it.each([
    ['redis://:p#whunter2@host', /%23 for #/],
    ['redis://user:pa/hunter2@host:6379/0', /%2F for \//],
    ['redis://user:12/hunter2@host:6379/0', /%2F for \//],
    ['redis://user:12?hunter2@host', /%3F for \?/],
    ['redis://user:%zzhunter2@host', /%25 for %/],
    ['redis://user:hunter2@', /names no host/],
    ['redis:///0', /names no host/],
    ['redis://user:hunter2@host:port', /with a port from 1 to 65535/],
    ['redis://user:hunter2@host:99999', /port must be a number from 1 to 65535/],
    ['redis://user:hunter2@host:0', /port must be a number from 1 to 65535/],
    ['redis://user:hunter2@a,b', /one host only/],
    ['redis://user:hunter2@host/first', /number of a database/],
    ['redis://a,b', /redis\+sentinel:\/\/, or of a cluster, redis\+cluster:\/\//],
    ['redis:user:hunter2@host', /two slashes/],
    ['redis+sentinel://a,b/site?name=hunter2', /number of a database/],
    ['redis+sentinel://a?master=hunter2', /only name, sentinelUsername, sentinelPassword/],
    ['redis+sentinel://a?sentinelPassword=x@hunter2', /%40 for @/],
    ['redis+sentinel://a?sentinelPassword=%hunter2', /%25 for %/],
    ['redis+sentinel://user:hunter2@a,,b', /each host must be a name/],
    ['redis+cluster://a:7000/1', /one database only/],
    ['redis+cluster://a:7000?password=hunter2', /nothing may follow "\?"/],
    ['mongodb://user:hunter2@x@a,b/x', /%40 for @/],
    ['mongodb://user:hunt:er2hunter2@a/x', /%3A for :/],
    ['mongodb://user:hunter2/x@a,b/x?replicaSet=rs0', /%2F for \//],
    ['mongodb://user:hunter2@a,,b/x', /each host must be a name/],
    ['mongodb+srv://user:hunter2@a:27017/x', /one host and no port/],
    ['mysql://user:hunter2@host/x', /"mysql:" is not a known store/],
    ['hunter2@host:6379', /must begin with memory:/],
    ['user:hunter2@host', /must begin with memory:/],
    ['memory:hunter2', /nothing may follow/],
    ['sqlite:', /needs a path/],
  ])('%s', (url, problem) => {
    expect(storeUrlProblem(url)).toMatch(problem)
    const error = refusalOf(url)
    expect(error).toMatchObject({ name: 'StoreError', message: expect.stringMatching(problem) })
    expect(inspect(error)).not.toContain('hunter2')
  })
})

describe('what a driver says of its failure', () => {
  const { safeReason } = readStoreAddress('redis://app:p%23hunter2@host')
  it.each([
    ['connect to redis://app:p%23hunter2@host failed', 'connect to *** failed'],
    ['no user app:p#hunter2', 'no user ***'],
    ['the password "p#hunter2" is wrong', 'the password "***" is wrong'],
    [
      "ERR unknown command 'HELLO', with args beginning with: '3' 'AUTH' 'other'",
      "ERR unknown command 'HELLO'",
    ],
  ])('is told without secrets: %s', (message, told) => expect(safeReason(new Error(message))).toBe(told))

  it('is told without the password of the Sentinels, in either spelling', () => {
    const address = readStoreAddress('redis+sentinel://a?sentinelPassword=s%23hunter2')
    expect(address.options.sentinelPassword).toBe('s#hunter2')
    expect(address.safeReason(new Error('wrong: s#hunter2, s%23hunter2'))).toBe('wrong: ***, ***')
  })

  it('that says nothing is told by its code', () =>
    expect(safeReason(Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }))).toBe('ECONNREFUSED'))
})

import { expect, it } from 'vitest'
import { isSafeDomain } from './jsapi.ts'

it.each([
  ['h5.example.com', 'https://h5.example.com/a', true],
  ['example.com', 'https://h5.example.com/a', true],
  ['h5.example.com', 'https://example.com/', false],
  ['h5.example.com', 'https://h5.example.com.evil.example/', false],
  ['h5.example.com', 'https://h5.example.com:8443/', false],
  ['h5.example.com/', 'https://h5.example.com/a', true],
  ['h5.example.com:443', 'https://h5.example.com/a', true],
  ['H5.Example.com', 'https://h5.example.com/a', true],
  ['h5.example.com/app', 'https://h5.example.com/application', false],
  ['h5.example.com/app/', 'https://h5.example.com/app/a', true],
  ['localhost:5173', 'http://localhost:5173/', true],
  ['localhost:5173', 'http://localhost:5174/', false],
])('%s covers %s: %s [js-domain-covers] [js-domain-port]', (domain, address, covers) =>
  expect(isSafeDomain(address, [domain])).toBe(covers),
)

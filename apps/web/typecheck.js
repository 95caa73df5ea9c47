// The types of `@app/server/contract` come out of the server's own files. Those are written for Node, which has newer
// functions than the phones that `lib` in tsconfig.json names: the server's own check looks at them, this one passes
// over what it finds there.
import { spawnSync } from 'node:child_process'

const FOR_NODE = /^\.\.\/(?!.*\/wechat-web\/)/
const DIAGNOSTIC = /^\S.*\(\d+,\d+\): error /

const { stdout, stderr, status } = spawnSync('vue-tsc', ['--noEmit', '--pretty', 'false'], {
  cwd: import.meta.dirname,
  encoding: 'utf8',
  shell: process.platform === 'win32',
})
let isOurs = true
const ours = stdout.split('\n').filter((line) => {
  if (DIAGNOSTIC.test(line)) isOurs = !FOR_NODE.test(line) // what is indented below belongs to it
  return isOurs && line !== ''
})
const hasLooked = stdout.split('\n').some((line) => DIAGNOSTIC.test(line))
process.stdout.write([...ours, stderr].join('\n'))
process.exitCode = ours.length > 0 || (status !== 0 && !hasLooked) ? 1 : 0

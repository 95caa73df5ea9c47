// What people leave with articles, on each engine. The servers are started once for all of it.
import { afterAll, describe } from 'vitest'
import { openEngines } from 'starter-server/database/testing/engines'
import { visitSuite } from './shares/testing/visitSuite.ts'
import { signupSuite } from './signup/testing/signupSuite.ts'

const { engines, close } = await openEngines()
afterAll(close)

describe.each(engines)('sign-ups on $name', signupSuite)
describe.each(engines)('visits on $name', visitSuite)

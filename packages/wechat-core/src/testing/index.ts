export { startRedisServer, type RedisServer } from './redisServer.ts'
export { storeSuite, type StoreSuiteOptions } from './storeSuite.ts'

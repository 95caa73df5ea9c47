export { startRedisServer, type RedisServer } from './redisServer.ts'
export { startWorker, type Signed, type Watch, type Worker, type WorkerSettings } from './worker.ts'
export { storeSuite, type StoreSuiteOptions } from './storeSuite.ts'

import { Transform } from 'node:stream'
import { SANDBOX_PATH } from '../sandboxPath.ts'

/**
 * Runs in a site's service worker before its own code. The worker keeps everything but pages: those it would serve from
 * its own store, without the phone and without the bridge.
 */
export const WORKER_GUARD =
  '(function(){var add=self.addEventListener,single;' +
  'function skips(request){return request.mode==="navigate"||' +
  `new URL(request.url).pathname.indexOf("${SANDBOX_PATH}/")===0}` +
  'function guarded(handler){return function(event){if(skips(event.request))return;' +
  'return typeof handler==="function"?handler.call(self,event):handler.handleEvent(event)}}' +
  'self.addEventListener=function(type,handler,options){' +
  'return add.call(self,type,type==="fetch"&&handler?guarded(handler):handler,options)};' +
  'Object.defineProperty(self,"onfetch",{configurable:true,get:function(){return single||null},' +
  'set:function(handler){if(single===undefined)add.call(self,"fetch",guarded(function(event){' +
  'if(single)return single.call(self,event)}));single=handler}})})();'

// Imports run before all other code, so the guard of a module has to be one.
const MODULE = /(?:^|[\n;{}*/])\s*(?:import\s*["'{*]|import\s+[\w$]|export\s)/

/** Puts the guard before a service worker's script. */
export function guardWorker(): Transform {
  let isStart = true
  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      if (!isStart) return next(null, chunk)
      isStart = false
      const guard = MODULE.test(chunk.toString('latin1'))
        ? `import "${SANDBOX_PATH}/worker.js";`
        : WORKER_GUARD
      next(null, Buffer.concat([Buffer.from(guard), chunk]))
    },
  })
}

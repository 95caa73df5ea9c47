/** Where WeChat has APIs of any kind: below them an unknown path is answered in its own form. */
export const ROOTS = [
  ...[
    'cgi-bin',
    'sns',
    'card',
    'customservice',
    'datacube',
    'wxa',
    'wxaapi',
    'semantic',
    'shakearound',
    'scan',
  ],
  ...['merchant', 'bizwifi', 'device', 'hardware', 'cv', 'intp', 'tcb', 'product', 'business', 'channels'],
]

-- expect: error invalid key to 'next'
return next({}, 'not there')

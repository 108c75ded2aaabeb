-- expect: time
return ('a'):rep(20000):find('.-.-%f[b].-b')

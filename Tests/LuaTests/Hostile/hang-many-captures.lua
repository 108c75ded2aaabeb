-- expect: error too many captures
return ('a'):find(('()'):rep(1000))

-- expect: value nil
return (load(('('):rep(100000)))

-- expect: value nil
return math.random

-- expect: unconvertible
return coroutine.create(print)

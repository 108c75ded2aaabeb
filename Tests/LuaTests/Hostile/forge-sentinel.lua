-- expect: error error object is a
error((coroutine.running()))

-- expect: error only "count"
collectgarbage('stop')

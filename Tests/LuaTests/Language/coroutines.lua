-- Coroutines: values there and back, states, errors, closing, yields from anywhere.

local create, resume, yield, status, wrap = coroutine.create, coroutine.resume, coroutine.yield, coroutine.status, coroutine.wrap

-- Values both ways
local co = create(function(a, b)
  local c = yield(a + b)
  local d, e = yield(c * 2)
  return d, e, 'end'
end)
gives('true 3', resume(co, 1, 2))
gives('true 20', resume(co, 10))
gives('true nil 5 end', resume(co, nil, 5))
gives('false cannot resume dead coroutine', resume(co))
gives('true', resume(create(function() end)))
gives('true', resume(create(function() return yield() end)))

-- States
co = create(function()
  same(status(co), 'running')
  local inner = create(function() return status(co) end)
  gives('true normal', resume(inner))
  yield()
end)
same(status(co), 'suspended')
resume(co) same(status(co), 'suspended')
resume(co) same(status(co), 'dead')
local broken = create(error)
resume(broken) same(status(broken), 'dead')

-- running, isyieldable
local main, first = coroutine.running()
same(type(main), 'thread')
co = create(function() local me, isMain = coroutine.running() return me, isMain, coroutine.isyieldable() end)
local _, me, isMain, may = resume(co)
check(rawequal(me, co))
gives('false true', isMain, may)
same(coroutine.isyieldable(create(function() end)), true)

-- wrap: the values themselves, errors go on
local next_even = wrap(function() for i = 2, 6, 2 do yield(i) end end)
gives('2 4 6', next_even(), next_even(), next_even())
gives('', next_even())
fails('cannot resume dead coroutine', next_even)
fails('boom', wrap(function() error('boom', 0) end))
local thrown = {}
fails(thrown, wrap(function() error(thrown) end))
local total = 0
for a, b in wrap(function() for i = 1, 3 do yield(i, i * i) end end) do total = total + a * b end
same(total, 36)

-- Generators: permutations
local function permutations(list, n)
  n = n or #list
  if n <= 1 then yield(table.concat(list)) return end
  for i = 1, n do
    list[n], list[i] = list[i], list[n]
    permutations(list, n - 1)
    list[n], list[i] = list[i], list[n]
  end
end
local seen = {}
for text in wrap(function() permutations {'a', 'b', 'c'} end) do seen[#seen + 1] = text end
table.sort(seen)
same(table.concat(seen, ' '), 'abc acb bac bca cab cba')

-- Yields through pcall, xpcall, metamethods, iterators, table.sort refuses
co = create(function()
  local good, message = pcall(function() error('after ' .. yield(1), 0) end)
  return good, message, pcall(yield, 2)
end)
gives('true 1', resume(co))
gives('true 2', resume(co, 'yield'))
gives('true false after yield true back', resume(co, 'back'))
co = wrap(function()
  return xpcall(function() yield 'in' error('x', 0) end, function(e) return e .. '!' end)
end)
gives('in', co())
gives('false x!', co())
local yielding = setmetatable({}, {
  __add = function(a, b) return yield 'add' end, __index = function(_, k) return yield(k) end,
  __call = function(_, x) return yield(x) end, __lt = function() return yield 'lt' end,
  __concat = function() return yield 'concat' end, __len = function() return yield 'len' end,
  __eq = function() return yield 'eq' end, __newindex = function(_, k, v) yield(k .. v) end,
  __unm = function() return yield 'unm' end, __close = function() yield 'close' end,
})
local function through(f) local w = wrap(f) local out = {w()} return out[1], w('r') end
gives('add r', through(function() return yielding + 1 end))
gives('key r', through(function() return yielding.key end))
gives('9 r', through(function() return (yielding(9)) end))
gives('lt true', through(function() return yielding < yielding end))
gives('concat r', through(function() return 'a' .. yielding end))
gives('len r', through(function() return #yielding end))
gives('eq true', through(function() return yielding == setmetatable({}, getmetatable(yielding)) end))
gives('kv ok', through(function() yielding.k = 'v' return 'ok' end))
gives('unm r', through(function() return -yielding end))
gives('close done', through(function() do local c <close> = yielding end return 'done' end))
gives('step after', through(function() for x in function(_, c) if not c then return yield 'step' end end do return 'after' end end))
local sorting = create(function() table.sort({3, 1, 2}, function(a, b) yield() return a < b end) end)
gives('false attempt to yield across a C-call boundary', resume(sorting))
local replacing = create(function() return ('x'):gsub('x', yield) end)
gives('false attempt to yield across a C-call boundary', resume(replacing))

-- Errors: the coroutine is dead, its error the result
co = create(function() yield() error {code = 5} end)
resume(co)
local good, object = resume(co)
gives('false 5', good, object.code)
gives('false cannot resume dead coroutine', resume(co))
local own
own = create(function() return resume(own) end)
gives('true false cannot resume non-suspended coroutine', resume(own))
local outer
outer = wrap(function() return pcall(outer) end)
gives('false cannot resume non-suspended coroutine', outer())
fails("function expected", create, 5)
fails("bad argument #1", resume, 5)
fails("bad argument #1", status, {})

-- close: what was to be closed is closed, its errors come out
local log = {}
local function closing(name, problem)
  return setmetatable({}, {__close = function(_, e)
    log[#log + 1] = name .. ':' .. tostring(e)
    if problem then error(problem, 0) end
  end})
end
co = create(function() local a <close> = closing 'a' local b <close> = closing 'b' yield() end)
resume(co)
gives('true', coroutine.close(co))
same(table.concat(log, ' '), 'b:nil a:nil')
same(status(co), 'dead')
log = {}
co = create(function() local a <close> = closing 'a' local b <close> = closing('b', 'bad') yield() end)
resume(co)
gives('false bad', coroutine.close(co))
same(table.concat(log, ' '), 'b:nil a:bad')
gives('true', coroutine.close(create(function() end)))
co = create(error) resume(co, 'e')
gives('false e', coroutine.close(co))
gives('true', coroutine.close(co))
fails('cannot close a running coroutine', function() coroutine.close((coroutine.running())) end)
co = create(function() return pcall(coroutine.close, co) end)
gives('true false cannot close a running coroutine', resume(co))

-- Many, and deep within one another
local alive = {}
for i = 1, 500 do alive[i] = wrap(function(x) while true do x = yield(x + i) end end) end
local sum = 0
for i = 1, 500 do sum = sum + alive[i](0) + alive[i](1) end
same(sum, 251000)
local function nest(n) if n == 0 then return 'bottom' end return wrap(nest)(n - 1) end
same(nest(100), 'bottom')

return done()

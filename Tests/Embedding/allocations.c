/*
** Every entry of the shim with the n-th allocation refused, for n = 1, 2, … until a
** scenario runs through: once with only that one refused (Lua then collects and tries
** again), once with all from there on. Either the result is the right one or the run
** ends with the memory stop; nothing is lent or allocated afterwards.
*/
#include "host.h"

static volatile long blocks; /* allocated by the shim and not freed */

void *__real_malloc (size_t size);
void *__wrap_malloc (size_t size);
void *__real_calloc (size_t count, size_t size);
void *__wrap_calloc (size_t count, size_t size);
void *__real_realloc (void *block, size_t size);
void __real_free (void *block);
void *__wrap_realloc (void *block, size_t size);
void __wrap_free (void *block);

/* Compilers make malloc of realloc(NULL, …), and calloc of that with memset. */
void *__wrap_calloc (size_t count, size_t size) {
  void *block = __real_calloc(count, size);
  if (block) blocks++;
  return block;
}

void *__wrap_malloc (size_t size) {
  void *block = __real_malloc(size);
  if (block) blocks++;
  return block;
}

void *__wrap_realloc (void *block, size_t size) {
  void *moved = __real_realloc(block, size);
  if (block == NULL && moved) blocks++;
  return moved;
}

void __wrap_free (void *block) {
  if (block) blocks--;
  __real_free(block);
}

static const char *const scenarios[] = {
  "return 1",
  "return host.echo({1, 2, {x = {true, 1.5, 'text'}}}), host.echo('text'), host.text('more')",
  "return pcall(host.fail)",
  "local t = {} for i = 1, 20 do t[i] = i .. '' end return table.concat(t, ','), #t",
  "return host.call(function(a, b) return a .. b, {a} end, 'x', 'y')",
  "return pcall(host.call, function() error('inner', 0) end)",
  "local n = 0 for row in host.rows() do n = n .. ':' .. tostring(row.id) .. tostring(row.name) "
    ".. tostring(row.a_name_that_is_longer_than_forty_bytes_in_all) .. row.other end return n",
  "local t = host.list() return #t, t[1].name, t[2]:state 'name', host.first().id",
  "for row in host.rows() do pcall(error) break end local f = host.rows() return f().name",
  "local o, t, f, rows, d = host.many() return t[1] ~= o, t.text, f(3), rows().name, d, o ~= nil",
  "return pcall(host.many, true)",
  "local o = host.object() return pcall(function() return o:method() end)",
  "return require('file').count, require('file').count, require('host').echo(3)",
  "return pcall(require, 'absent')",
  "local f = coroutine.wrap(function(a) for i = 1, 3 do a = a .. coroutine.yield(a) end end) "
    "return f('x') .. f('y') .. f('z')",
  "return coroutine.resume(coroutine.create(function() error {1} end))",
  "local c = coroutine.create(function() local x <close> = setmetatable({}, {__close = function() "
    "error 'c' end}) coroutine.yield() end) coroutine.resume(c) return coroutine.close(c)",
  "return xpcall(error, function(e) return e .. '!' end, 'x')",
  "return load('return ...', 'n', 't', {})(5), load(function() return nil end)(), (load('x ='))",
  "return ('a,b,c'):gsub(',', {[','] = ';'}), ('abc'):gsub('%w', '%0%0'), ('k=v'):match('(%w)=(%w)')",
  "local t = {} for w in ('one two three'):gmatch('%a+') do t[#t + 1] = w end table.sort(t) return t",
  "local t, u = {3, -1, 2}, {2.5, -1.5, 0.0} table.sort(t) table.sort(u) return t, u",
  "local t = {z = 1, a = 2, 3, 4} local s = '' for k, v in pairs(t) do s = s .. k .. v end return s",
  "local t, s = {b = 1, a = 2}, '' for k in next, t do s = s .. k end return s, next(t, 'a')",
  "return string.format('%s %5.1f %q', setmetatable({}, {__tostring = function() return 'T' end}), 1, 'x'), tostring({}):sub(1, 5)",
  "print('a', 1, {}) return string.rep('ab', 50, '-'):len(), ('x'):rep(70000):upper():len()",
  "return table.unpack(table.move({1, 2, 3}, 1, 3, 2, table.pack(9)))",
  "local _, _, _, _, d = host.many() return d + 1, d * d, tostring(d), 'd' .. d, d < 5",
  "error('at the top')",
  "error({})",
  "local function f(n) if n == 0 then error 'deep' end f(n - 1) end f(30)",
  "x = = 1",
  "return {a = {b = function() end}}",
  "return {a = {b = coroutine.create(print)}}",
  "return string.pack('>i4 s1', 7, 'ab'), string.unpack('>i4', '\\0\\0\\0\\7'), utf8.char(20844)",
  "local t <close> = setmetatable({}, {__close = function() end}) return math.random(5) < 6",
  /* weak after setmetatable has seen it: what is refused collects its functions while they are used */
  "local weak, mt = {}, {} setmetatable(mt, weak) weak.__mode = 'v' local t, u = setmetatable({}, mt), "
    "setmetatable({}, mt) local function make() for _, e in ipairs {'index', 'newindex', 'call', 'add', "
    "'concat', 'eq', 'lt', 'le', 'len', 'unm', 'close', 'tostring', 'pairs'} do mt['__' .. e] = "
    "function() local s = {} for i = 1, 20 do s[i] = i .. 'x' end return s end end end "
    "for _, f in ipairs {function() return t.x end, function() t.x = {} end, function() return t(1) end, "
    "function() return t + u end, function() return t .. u end, function() return t == u end, "
    "function() return t < u, t <= u end, function() return #t, -t end, function() local c <close> = t end, "
    "function() return tostring(t) end, function() for k in pairs(t) do end end} do make() pcall(f) end "
    "return 'done'",
};

enum { SCENARIOS = sizeof scenarios / sizeof *scenarios };

/* Everything from opening to closing. Gives false when memory ended it. */
static bool perform (int which, bool savepoints, World *w, Text *out) {
  ShimLimits limits = {.seconds = 30, .memory = 64 << 20};
  const char *source = scenarios[which];
  if (!world_open(w, &limits)) return false;
  shim_use_savepoints(w->shim, savepoints);
  if (shim_check(w->shim, source, strlen(source), "@case.lua") == SHIM_EXCEEDED) return false;
  int status = world_run(w, source, strlen(source), out);
  text_format(out, " (%d)", status);
  if (status == SHIM_EXCEEDED) return false;
  /* a function out, and called again with arguments of each kind */
  const char *again = "local a = ... return function(t, s) return a, t, s end";
  shim_emit_string(w->shim, "argument", 8);
  if (shim_run(w->shim, again, strlen(again), "@again.lua", 1) != SHIM_OK) return false;
  size_t count;
  int64_t function = shim_results(w->shim, &count)->integer;
  shim_done(w->shim);
  shim_emit(w->shim, (ShimValue){.kind = SHIM_TABLE, .count = 1});
  shim_emit(w->shim, (ShimValue){.kind = SHIM_NUMBER, .number = 0.5});
  shim_emit_string(w->shim, "s", 1);
  if (shim_call(w->shim, function, 2) != SHIM_OK) return false;
  world_show(w, out);
  shim_done(w->shim);
  /* what scripts hold, remembered, changed and put back */
  int kept = shim_remember_state(w->shim);
  if (kept == SHIM_EXCEEDED) return false;
  const char *change = "kept = {} string.rep = nil setmetatable(_G, {__index = kept})";
  if (shim_run(w->shim, change, strlen(change), "@change.lua", 0) == SHIM_EXCEEDED) return false;
  shim_done(w->shim);
  int back = shim_put_state_back(w->shim);
  if (back == SHIM_EXCEEDED) return false;
  const char *look = "return kept, string.rep ~= nil, getmetatable(_G)";
  status = shim_run(w->shim, look, strlen(look), "@look.lua", 0);
  if (status == SHIM_EXCEEDED) return false;
  world_show(w, out);
  shim_done(w->shim);
  text_format(out, " (%d %d %d)", kept, back, status);
  return true;
}

static long failures;

static void complain (int which, int64_t n, const char *what, const Text *out) {
  failures++;
  printf("scenario %d, allocation %lld: %s: %s\n  %s\n", which, (long long)n, what,
         out->bytes ? out->bytes : "", scenarios[which]);
}

/* Gives whether an allocation was refused. */
static bool attempt (int which, bool savepoints, int64_t n, int64_t count, const Text *expected) {
  World w;
  Text out = {0};
  long before = blocks;
  text_clear(&out);
  shim_refuse_allocations(n, count);
  bool complete = perform(which, savepoints, &w, &out);
  int64_t left = shim_refuse_allocations(-1, 0);
  double used, limit;
  if (complete && strcmp(out.bytes, expected->bytes) != 0) complain(which, n, "wrong result", &out);
  if (!complete && w.shim && shim_exceeded(w.shim, &used, &limit) != SHIM_MEMORY)
    complain(which, n, "not the memory stop", &out);
  if (!complete && left == count) complain(which, n, "failed for nothing", &out);
  if (!complete && w.shim && shim_run(w.shim, "return 1", 8, "@x", 0) != SHIM_EXCEEDED)
    complain(which, n, "goes on after a stop", &out);
  if (!complete) w.savepoints = 0; /* a stop rolls back the whole run */
  if (!world_close(&w)) complain(which, n, "something is still lent", &out);
  free(out.bytes);
  if (blocks != before) complain(which, n, "blocks are still allocated", expected);
  blocks = before;
  return left < count;
}

static long try_scenario (int which, bool savepoints) {
  World w;
  Text expected = {0};
  text_clear(&expected);
  if (!perform(which, savepoints, &w, &expected)) complain(which, 0, "without refusals", &expected);
  if (!world_close(&w)) complain(which, 0, "lent without refusals", &expected);
  long tries = 0;
  for (int64_t n = 0; attempt(which, savepoints, n, 1, &expected); n++) tries++;
  for (int64_t n = 0; attempt(which, savepoints, n, INT64_MAX, &expected); n++) tries++;
  free(expected.bytes);
  return tries;
}

int main (void) {
  long tries = 0;
  double start = shim_now();
  for (int i = 0; i < SCENARIOS; i++) {
    tries += try_scenario(i, false);
    tries += try_scenario(i, true);
  }
  printf("allocations: %d scenarios, %ld refused allocations, %ld failures, %.1f s\n",
         2 * SCENARIOS, tries, failures, shim_now() - start);
  return failures ? 1 : 0;
}

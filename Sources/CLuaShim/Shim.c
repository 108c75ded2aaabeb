/*
** The state of one interpreter: memory, stops, opening and closing.
*/
#include <stdlib.h>

#include "Internal.h"

/* {======== Memory ======== */

/* Over the soft cap nothing is refused: the hook looks at it once C and Swift
   are done. */
void shim_arm_memory (Shim *s) {
  if (s->due_memory) return;
  s->due_memory = 1;
  if (s->current)
    lua_sethook(s->current, shim_hook, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

static void account (Shim *s, int64_t change) {
  s->used += change;
  if (s->used > s->peak) s->peak = s->used;
  if (s->limits.memory > 0 && s->used > s->limits.memory) shim_arm_memory(s);
}

/* Only a large block is refused, and only over the hard cap; small ones are
   bounded by the stop that is already armed. */
static bool refuses (Shim *s, size_t old, size_t new) {
  if (s->limits.memory <= 0 || new <= old) return false;
  int64_t after = s->used + (int64_t)(new - old);
  int64_t cap = new >= 65536 ? s->hard_memory : s->hard_memory * 2;
  return after > cap;
}

/* So many succeed, then so many are refused; below 0 none is. */
static _Thread_local int64_t until_refusal = -1, refusals = 0;

int64_t shim_refuse_allocations (int64_t after, int64_t count) {
  int64_t left = refusals > 0 ? refusals : 0;
  until_refusal = after;
  refusals = count;
  return left;
}

void *shim_realloc (void *block, size_t size) {
  if (until_refusal >= 0) {
    if (until_refusal > 0) until_refusal--;
    else if (refusals-- > 0) return NULL;
  }
  return realloc(block, size);
}

/* The run is over for want of memory. */
void shim_starve (Shim *s) {
  if (!s->refused) { /* not by the allocator */
    s->refused = 1;
    s->refused_used = (double)s->used;
    s->refused_limit = (double)s->limits.memory;
    s->refused_place = s->error_place;
  }
  if (s->reason != SHIM_WITHIN) return;
  s->reason = SHIM_MEMORY;
  s->stop_used = s->refused_used;
  s->stop_limit = s->refused_limit;
  s->stop_place = s->refused_place;
}

/* Lua collects garbage and asks once more; when that is granted, nothing was refused.
   A block that is to move may be the stack, and while that moves 5.4.7 and later cannot be
   asked where they are. */
static void *refuse (Shim *s, void *block, size_t size, int64_t used, int64_t limit) {
  s->refused = 1;
  s->refused_size = size;
  s->refused_used = (double)used;
  s->refused_limit = (double)limit;
  s->refused_place = (ShimPlace){{0}, 0};
  if (s->current && block == NULL) shim_find_place(s->current, &s->refused_place); /* reads only */
  shim_arm_memory(s);
  return NULL;
}

/* More than what a text takes beside its bytes. */
#define TEXT_HEADER 64

static void *allocate (void *context, void *block, size_t old, size_t new) {
  Shim *s = context;
  bool is_text = block == NULL && old == LUA_TSTRING;
  if (block == NULL) old = 0; /* it is a type tag then */
  if (new == 0) {
    free(block);
    account(s, -(int64_t)old);
    return NULL;
  }
  if (refuses(s, old, new)) {
    return refuse(s, block, new, s->used + (int64_t)(new - old), s->limits.memory);
  }
  if (is_text && new > MAX_TEXT + TEXT_HEADER && s->limits.memory > 0)
    return refuse(s, block, new, (int64_t)new, MAX_TEXT);
  void *moved = shim_realloc(block, new);
  if (moved == NULL) {
    if (new <= old) return block; /* shrinking never fails */
    return refuse(s, block, new, s->used + (int64_t)(new - old), s->used);
  }
  if (s->refused && new == s->refused_size) s->refused = 0;
  account(s, (int64_t)new - (int64_t)old);
  return moved;
}

void shim_charge (Shim *s, int64_t bytes) {
  account(s, bytes);
}

int shim_must_end (const Shim *s) {
  if (s->due_time || s->reason) return 1;
  return s->limits.memory > 0 && s->used > s->hard_memory;
}

bool shim_grow (Shim *s, Buffer *buffer, size_t more) {
  size_t capacity = buffer->capacity ? buffer->capacity * 2 : 256;
  while (capacity < buffer->length + more) capacity *= 2;
  char *moved = shim_realloc(buffer->bytes, capacity);
  if (moved == NULL) {
    shim_starve(s);
    return false;
  }
  account(s, (int64_t)(capacity - buffer->capacity));
  buffer->bytes = moved;
  buffer->capacity = capacity;
  return true;
}

/* Empty it, and keep only a small block for the next use. */
void shim_shrink (Shim *s, Buffer *buffer) {
  buffer->length = 0;
  if (buffer->capacity <= 65536) return;
  free(buffer->bytes);
  shim_charge(s, -(int64_t)buffer->capacity);
  buffer->bytes = NULL;
  buffer->capacity = 0;
}

void shim_need (lua_State *L, size_t bytes) {
  Shim *s = self(L);
  if (s->limits.memory > 0 && bytes > MAX_TEXT)
    shim_stop(L, SHIM_MEMORY, (double)bytes, MAX_TEXT);
  if (s->limits.memory > 0 && bytes > (size_t)s->limits.memory)
    shim_stop(L, SHIM_MEMORY, (double)bytes, (double)s->limits.memory);
  if (!shim_fits(s, bytes)) {
    lua_gc(L, LUA_GCCOLLECT);
    if (!shim_fits(s, bytes))
      shim_stop(L, SHIM_MEMORY, (double)(s->used + (int64_t)bytes), (double)s->limits.memory);
  }
}

/* }======== Stops {======== */

void shim_find_place (lua_State *L, ShimPlace *place) {
  lua_Debug ar;
  for (int level = 0; lua_getstack(L, level, &ar); level++) {
    if (!lua_getinfo(L, "Sl", &ar) || ar.currentline <= 0) continue;
    const char *name = ar.source;
    if (*name == '@' || *name == '=') name++;
    else name = ar.short_src;
    strncpy(place->chunk, name, sizeof place->chunk - 1);
    place->line = ar.currentline;
    return;
  }
}

/* After a failed call: a refusal of the allocator is a stop, whatever text it
   carries, and so is what is due. */
void shim_stop_refused (lua_State *L, int status) {
  Shim *s = self(L);
  shim_forget_emitted(s); /* what a host function answered, when building it failed */
  if (status == LUA_ERRMEM && s->refused)
    shim_stop(L, SHIM_MEMORY, s->refused_used, s->refused_limit);
  shim_poll(L);
}

/* The hook that stands when nothing is due. */
static void rest (Shim *s, lua_State *L) {
  if (s->limits.instructions > 0) lua_sethook(L, shim_hook, LUA_MASKCOUNT, 1);
  else lua_sethook(L, NULL, 0, 0);
  if (s->due_time) /* it struck just now */
    lua_sethook(L, shim_hook, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

/* Set the flag, for good. */
static void end_run (Shim *s, lua_State *L, int reason, double used, double limit) {
  if (s->reason != SHIM_WITHIN) return;
  s->reason = reason;
  s->stop_used = used;
  s->stop_limit = limit;
  shim_find_place(L, &s->stop_place);
  if (s->stop_place.line == 0 && L != s->main) shim_find_place(s->main, &s->stop_place);
}

int shim_count_output (Shim *s, int64_t bytes) {
  s->output += bytes;
  if (s->limits.output <= 0 || s->output <= s->limits.output) return 1;
  end_run(s, s->current, SHIM_OUTPUT, (double)s->output, (double)s->limits.output);
  return 0;
}

/* Raise the stop. The flag is set for good; the value raised means nothing. */
int shim_stop (lua_State *L, int reason, double used, double limit) {
  Shim *s = self(L);
  end_run(s, L, reason, used, limit);
  lua_sethook(L, shim_hook, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
  lua_checkstack(L, 1);
  lua_pushlightuserdata(L, s);
  return lua_error(L);
}

/* Over the soft cap: collect, look again, go on with a collector that keeps
   closer, or stop. */
static void settle_memory (lua_State *L, Shim *s) {
  if (s->refused) shim_stop(L, SHIM_MEMORY, s->refused_used, s->refused_limit);
  if (s->used > s->limits.memory) lua_gc(L, LUA_GCCOLLECT);
  if (s->used > s->limits.memory)
    shim_stop(L, SHIM_MEMORY, (double)s->used, (double)s->limits.memory);
  s->due_memory = 0;
  int64_t pause = s->used > 0 ? s->limits.memory * 85 / s->used : 200;
  lua_gc(L, LUA_GCSETPAUSE, pause < 105 ? 105 : pause > 200 ? 200 : (int)pause);
  rest(s, L);
}

void shim_settle (lua_State *L) {
  Shim *s = self(L);
  if (s->reason) shim_stop(L, s->reason, 0, 0);
  if (s->due_time) {
    double start = (double)s->started.tv_sec + (double)s->started.tv_nsec * 1e-9;
    shim_stop(L, SHIM_TIME, shim_now() - start, s->limits.seconds);
  }
  if (s->due_memory) settle_memory(L, s);
}

void shim_hook (lua_State *L, lua_Debug *ar) {
  Shim *s = self(L);
  if (s->limits.instructions > 0 && ar->event == LUA_HOOKCOUNT
      && ++s->instructions > s->limits.instructions)
    shim_stop(L, SHIM_INSTRUCTIONS, (double)s->instructions, (double)s->limits.instructions);
  if (s->due_time | s->due_memory | s->reason) shim_settle(L);
  else if (s->limits.instructions <= 0) lua_sethook(L, NULL, 0, 0);
}

/* }======== Opening and closing {======== */

static int at_panic (lua_State *L) {
  (void)L;
  abort(); /* no call runs unprotected: this cannot be reached */
}

/* Messages and tracebacks look a function's name up in every loaded library. They get
   copies of the libraries: a script could fill its own, and then each look takes long. */
static void keep_names (lua_State *L) {
  lua_createtable(L, 0, 8);
  lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_pushnil(L);
  while (lua_next(L, -2)) { /* copies loaded name library */
    lua_pushvalue(L, -2);
    lua_createtable(L, 0, 32);
    lua_pushnil(L);
    while (lua_next(L, -4)) {
      if (lua_isfunction(L, -1)) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, -4);
      } else {
        lua_pop(L, 1);
      }
    }
    lua_rawset(L, -6);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  lua_setfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
}

int shim_weak_table (lua_State *L) {
  lua_newtable(L);
  lua_createtable(L, 0, 1);
  lua_pushliteral(L, "k");
  lua_setfield(L, -2, "__mode");
  lua_setmetatable(L, -2);
  return luaL_ref(L, LUA_REGISTRYINDEX);
}

static int open_body (lua_State *L) {
  base_open(L);
  order_open(L);
  addresses_open(L);
  patterns_open(L);
  tables_open(L);
  texts_open(L);
  numerals_open(L);
  decimals_open(L);
  values_open(L);
  rows_open(L);
  coroutines_open(L);
  keep_names(L);
  return 0;
}

static void set_limits (Shim *s, const ShimLimits *limits) {
  s->limits = *limits;
#ifdef SHIM_MOST_MEMORY /* the tests again with little memory: .ci/low-memory */
  if (limits->memory <= 0 || limits->memory > SHIM_MOST_MEMORY) s->limits.memory = SHIM_MOST_MEMORY;
#endif
  s->hard_memory = s->limits.memory * 2 + (1 << 20);
  clock_gettime(CLOCK_MONOTONIC, &s->started);
  if (limits->seconds > 0)
    s->deadline = (double)s->started.tv_sec + (double)s->started.tv_nsec * 1e-9 + limits->seconds;
}

static void seed_random (lua_State *L, uint64_t seed) {
  lua_getglobal(L, "math");
  lua_getfield(L, -1, "randomseed");
  lua_pushinteger(L, (lua_Integer)seed);
  lua_pushinteger(L, 0);
  lua_pcall(L, 2, 0, 0);
  lua_pushnil(L);
  lua_setfield(L, -2, "randomseed");
  lua_settop(L, 0);
}

static int seed_body (lua_State *L) {
  seed_random(L, *(uint64_t *)lua_touserdata(L, 1));
  return 0;
}

Shim *shim_open (const ShimHost *host, const ShimLimits *limits, int seeded, uint64_t seed) {
  Shim *s = shim_realloc(NULL, sizeof *s);
  if (s == NULL) return NULL;
  memset(s, 0, sizeof *s);
  s->host = *host;
  s->seeded = seeded;
  ShimLimits none = {0, 0, 0, 0};
  set_limits(s, &none); /* opening is the host's own work */
  lua_State *L = lua_newstate(allocate, s);
  if (L == NULL) {
    free(s);
    return NULL;
  }
  lua_atpanic(L, at_panic);
  *(Shim **)lua_getextraspace(L) = s;
  s->main = L;
  lua_pushcfunction(L, open_body);
  int status = lua_pcall(L, 0, 0, 0);
  if (status == LUA_OK && seeded) {
    lua_pushcfunction(L, seed_body);
    lua_pushlightuserdata(L, &seed);
    status = lua_pcall(L, 1, 0, 0);
  }
  if (status != LUA_OK) {
    shim_close(s);
    return NULL;
  }
  s->current = L;
  set_limits(s, limits);
  if (limits->instructions > 0) lua_sethook(L, shim_hook, LUA_MASKCOUNT, 1);
  return s;
}

void shim_close (Shim *s) {
  shim_disarm_timer(s);
  shim_close_cursors(s);
  shim_forget_emitted(s);
  s->current = NULL;
  s->limits.memory = 0;
  lua_close(s->main);
  free(s->nodes.bytes);
  free(s->emitted.bytes);
  free(s->scratch.bytes);
  free(s->message.bytes);
  free(s->traceback.bytes);
  free(s->raised.bytes);
  free(s->raised_traceback.bytes);
  free(s->unloaded.bytes);
  free(s->cursors);
  free(s);
}

/* }======== Reports {======== */

ShimUsage shim_usage (Shim *s) {
  double start = (double)s->started.tv_sec + (double)s->started.tv_nsec * 1e-9;
  ShimUsage usage = {s->used, s->peak, s->output, s->instructions, shim_now() - start};
  return usage;
}

void shim_on_stop (Shim *s, void (*interrupt) (void *), void *context) {
  s->interrupt = NULL;
  s->interrupt_context = context;
  s->interrupt = interrupt;
}

void shim_speak_chinese (Shim *s) {
  s->chinese = 1;
}

void shim_require_order (Shim *s) {
  s->strict_order = 1;
}

void shim_use_savepoints (Shim *s, int use) {
  s->savepoints = use;
}

int shim_exceeded (Shim *s, double *used, double *limit) {
  *used = s->stop_used;
  *limit = s->stop_limit;
  return s->reason;
}

ShimPlace shim_place (Shim *s) {
  return s->reason ? s->stop_place : s->error_place;
}

ShimPlace shim_caller (Shim *s) {
  ShimPlace place = {{0}, 0};
  shim_find_place(s->current, &place);
  return place;
}

/* } */

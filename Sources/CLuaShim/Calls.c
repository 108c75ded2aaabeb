/*
** A script calls the host. The way there is a C function per number of arguments,
** so that the common calls are straight code; the host answers with a number and
** what it raises is raised here, after its frames are gone.
*/
#include "Internal.h"

/* {======== What the host answered ======== */

int calls_raise (lua_State *L, Shim *s, int status) {
  if (status == SHIM_STOP) {
    shim_forget_emitted(s);
    return shim_stop(L, SHIM_HOST, 0, 0);
  }
  size_t next = 0;
  luaL_where(L, 1);
  values_build(L, s, &next);
  shim_forget_emitted(s);
  lua_concat(L, 2);
  return lua_error(L);
}

/* Push its results, or raise. */
static int __attribute__((noinline)) answer (lua_State *L, Shim *s, int results) {
  if (results < 0) return calls_raise(L, s, results);
  size_t next = 0;
  int pushed = 0;
  luaL_checkstack(L, results + 4, "too many results");
  for (int i = 0; i < results; i++) {
    ShimValue *value = (ShimValue *)(void *)s->emitted.bytes + next;
    if (value->kind == SHIM_ROWS) pushed += rows_push(L, s, next++);
    else { values_build(L, s, &next); pushed++; }
  }
  values_emitted_done(s);
  return pushed;
}

/* The only result, a plain value but no integer. */
static int __attribute__((noinline)) answer_one (lua_State *L, Shim *s, const ShimValue *result) {
  switch (result->kind) {
    case SHIM_NUMBER: lua_pushnumber(L, result->number); break;
    case SHIM_BOOLEAN: lua_pushboolean(L, result->integer != 0); break;
    case SHIM_STRING:
      lua_pushlstring(L, s->scratch.bytes + result->offset, result->length);
      shim_shrink(s, &s->scratch);
      break;
    default: lua_pushnil(L); break;
  }
  return 1;
}

/* }======== Calling {======== */

static inline __attribute__((always_inline)) int call_host (
  lua_State *L, const ShimFunction *function, const ShimValue *arguments, int count, int surplus
) {
  Shim *s = self(L);
  ShimCall call;
  call.body = function->body;
  call.arguments = arguments;
  call.count = count;
  call.surplus = surplus;
  int results = s->host.call(&call);
  if (__builtin_expect(s->due_time | s->due_memory | s->reason, 0)) {
    if (s->due_time | s->reason) shim_forget_emitted(s);
    shim_settle(L);
  }
  if (__builtin_expect(results != SHIM_ONE, 0)) return answer(L, s, results);
  if (call.result.kind != SHIM_INTEGER) return answer_one(L, s, &call.result);
  lua_pushinteger(L, call.result.integer);
  return 1;
}

static inline __attribute__((always_inline)) void describe_text (
  lua_State *L, int index, ShimValue *value
) {
  if (lua_type(L, index) != LUA_TSTRING) {
    values_describe(L, index, value);
    return;
  }
  value->kind = SHIM_STRING;
  value->bytes = lua_tolstring(L, index, &value->length);
}

/* How many arguments there are behind those that are declared; nil at the end is none. */
static int __attribute__((noinline)) count_surplus (lua_State *L, int count) {
  int last = lua_gettop(L);
  while (last > count && lua_isnil(L, last)) last--;
  return last - count;
}

/* 'count' is a constant wherever this is inlined. */
static inline __attribute__((always_inline)) int call_with (lua_State *L, int count) {
  const ShimFunction *function = lua_touserdata(L, lua_upvalueindex(1));
  ShimValue arguments[MAX_ARITY];
  uint32_t texts = function->texts;
  for (int i = 0; i < count; i++) {
    if (texts & (1u << i)) describe_text(L, i + 1, &arguments[i]);
    else values_describe(L, i + 1, &arguments[i]);
  }
  int surplus = lua_gettop(L) - count;
  if (__builtin_expect(surplus > 0, 0)) surplus = count_surplus(L, count);
  return call_host(L, function, arguments, count, surplus);
}

static int call_with_0 (lua_State *L) { return call_with(L, 0); }
static int call_with_1 (lua_State *L) { return call_with(L, 1); }
static int call_with_2 (lua_State *L) { return call_with(L, 2); }
static int call_with_3 (lua_State *L) { return call_with(L, 3); }

static int call_with_several (lua_State *L) {
  const ShimFunction *function = lua_touserdata(L, lua_upvalueindex(1));
  return call_with(L, function->arity);
}

/* However many arguments there are, but at least as many as are declared, whose
   absence reads as nil. Lua will free the room for them. */
static int call_with_all (lua_State *L) {
  const ShimFunction *function = lua_touserdata(L, lua_upvalueindex(1));
  int count = lua_gettop(L), least = -function->arity - 1;
  if (count < least) count = least;
  luaL_checkstack(L, count + 1, "too many arguments");
  lua_settop(L, count);
  ShimValue *values = lua_newuserdatauv(L, sizeof *values * ((size_t)count + 1), 0);
  *(uint32_t *)(void *)values++ = TAG_SCRATCH;
  for (int i = 0; i < count; i++) values_describe(L, i + 1, &values[i]);
  return call_host(L, function, values, count, 0);
}

void calls_push (lua_State *L, const ShimFunction *function) {
  static const lua_CFunction fixed[] = {call_with_0, call_with_1, call_with_2, call_with_3};
  int arity = function->arity;
  lua_pushlightuserdata(L, (void *)function);
  lua_pushcclosure(L, arity < 0 ? call_with_all : arity < 4 ? fixed[arity] : call_with_several, 1);
}

/* } */

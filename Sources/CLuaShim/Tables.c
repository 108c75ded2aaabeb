/*
** The functions of 'table' that loop in C, each counting its steps.
*/
#include <limits.h>

#include "Internal.h"

bool tables_check (lua_State *L, int index, int needs) {
  if (lua_type(L, index) == LUA_TTABLE) {
    if (!lua_getmetatable(L, index)) return true;
    lua_pop(L, 1);
    return false;
  }
  bool behaves = lua_getmetatable(L, index);
  static const struct { int need; const char *name; } wanted[] = {
    {READS, "__index"}, {WRITES, "__newindex"}, {MEASURES, "__len"}
  };
  for (int i = 0; behaves && i < 3; i++) {
    if (!(needs & wanted[i].need)) continue;
    lua_pushstring(L, wanted[i].name);
    behaves = lua_rawget(L, -2) != LUA_TNIL;
    lua_pop(L, 1);
  }
  if (!behaves) luaL_checktype(L, index, LUA_TTABLE);
  lua_pop(L, 1);
  return false;
}

static void get (lua_State *L, bool raw, int table, lua_Integer at) {
  if (raw) lua_rawgeti(L, table, at);
  else lua_geti(L, table, at);
}

static void set (lua_State *L, bool raw, int table, lua_Integer at) {
  if (raw) lua_rawseti(L, table, at);
  else lua_seti(L, table, at);
}

lua_Integer tables_length (lua_State *L, bool raw, int table) {
  return raw ? (lua_Integer)lua_rawlen(L, table) : luaL_len(L, table);
}

static int table_insert (lua_State *L) {
  bool raw = tables_check(L, 1, READS | WRITES | MEASURES);
  lua_Integer end = (lua_Integer)((lua_Unsigned)tables_length(L, raw, 1) + 1), at;
  switch (lua_gettop(L)) {
    case 2: at = end; break;
    case 3:
      at = luaL_checkinteger(L, 2);
      luaL_argcheck(L, (lua_Unsigned)at - 1u < (lua_Unsigned)end, 2, "position out of bounds");
      for (lua_Integer i = end; i > at; i--) {
        shim_tick(L, i);
        get(L, raw, 1, i - 1);
        set(L, raw, 1, i);
      }
      break;
    default: return luaL_error(L, "wrong number of arguments to 'insert'");
  }
  set(L, raw, 1, at);
  return 0;
}

static int table_remove (lua_State *L) {
  bool raw = tables_check(L, 1, READS | WRITES | MEASURES);
  lua_Integer size = tables_length(L, raw, 1), at = luaL_optinteger(L, 2, size);
  if (at != size)
    luaL_argcheck(L, (lua_Unsigned)at - 1u <= (lua_Unsigned)size, 2, "position out of bounds");
  get(L, raw, 1, at);
  for (; at < size; at++) {
    shim_tick(L, at);
    get(L, raw, 1, at + 1);
    set(L, raw, 1, at);
  }
  lua_pushnil(L);
  set(L, raw, 1, at);
  return 1;
}

static int table_move (lua_State *L) {
  lua_Integer from = luaL_checkinteger(L, 2), end = luaL_checkinteger(L, 3);
  lua_Integer to = luaL_checkinteger(L, 4);
  int target = !lua_isnoneornil(L, 5) ? 5 : 1;
  bool raw_from = tables_check(L, 1, READS), raw_to = tables_check(L, target, WRITES);
  if (end >= from) {
    luaL_argcheck(L, from > 0 || end < LUA_MAXINTEGER + from, 3, "too many elements to move");
    lua_Integer count = end - from + 1;
    luaL_argcheck(L, to <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
    bool upwards = to > end || to <= from || (target != 1 && !lua_compare(L, 1, target, LUA_OPEQ));
    for (lua_Integer i = 0; i < count; i++) {
      lua_Integer k = upwards ? i : count - 1 - i;
      shim_tick(L, i + 1);
      get(L, raw_from, 1, from + k);
      set(L, raw_to, target, to + k);
    }
  }
  lua_pushvalue(L, target);
  return 1;
}

/* Append item i of a plain table and what follows it. Its text stays where it is
   while the table holds it. */
static bool add_item (lua_State *L, luaL_Buffer *buffer, lua_Integer i, const char *after, size_t between) {
  if (lua_rawgeti(L, 1, i) != LUA_TSTRING) return false;
  size_t length;
  const char *text = lua_tolstring(L, -1, &length);
  lua_pop(L, 1);
  if (length > 65536) shim_steps(L, (int64_t)length / 64);
  char *to = luaL_prepbuffsize(buffer, length + between);
  memcpy(to, text, length);
  memcpy(to + length, after, between);
  luaL_addsize(buffer, length + between);
  return true;
}

static int table_concat (lua_State *L) {
  bool raw = tables_check(L, 1, READS | MEASURES);
  lua_Integer last = tables_length(L, raw, 1);
  size_t between;
  const char *separator = luaL_optlstring(L, 2, "", &between);
  lua_Integer i = luaL_optinteger(L, 3, 1);
  last = luaL_optinteger(L, 4, last);
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  for (lua_Integer done = 1; i <= last; i++, done++) {
    shim_tick(L, done);
    bool is_last = i == last; /* it may be the largest integer */
    size_t after = is_last ? 0 : between;
    if (raw) {
      if (add_item(L, &buffer, i, separator, after)) {
        if (is_last) break;
        continue;
      }
    } else {
      lua_geti(L, 1, i);
    }
    if (!lua_isstring(L, -1))
      return luaL_error(L, "invalid value (%s) at index %I in table for 'concat'",
                        luaL_typename(L, -1), (LUAI_UACINT)i);
    if (lua_rawlen(L, -1) > 65536) shim_steps(L, (int64_t)lua_rawlen(L, -1) / 64);
    luaL_addvalue(&buffer);
    if (is_last) break;
    luaL_addlstring(&buffer, separator, after);
  }
  luaL_pushresult(&buffer);
  return 1;
}

static int table_unpack (lua_State *L) {
  bool raw = lua_type(L, 1) == LUA_TTABLE && tables_check(L, 1, READS);
  lua_Integer i = luaL_optinteger(L, 2, 1);
  lua_Integer end = luaL_opt(L, luaL_checkinteger, 3, luaL_len(L, 1));
  if (i > end) return 0;
  lua_Unsigned count = (lua_Unsigned)end - (lua_Unsigned)i;
  if (count >= (unsigned)INT_MAX || !lua_checkstack(L, (int)(++count)))
    return luaL_error(L, "too many results to unpack");
  for (lua_Unsigned k = 0; k < count; k++) {
    shim_tick(L, (lua_Integer)k + 1);
    get(L, raw, 1, i + (lua_Integer)k);
  }
  return (int)count;
}

void tables_open (lua_State *L) {
  static const luaL_Reg functions[] = {
    {"insert", table_insert}, {"remove", table_remove}, {"move", table_move},
    {"concat", table_concat}, {"unpack", table_unpack}, {"sort", sort_table}, {NULL, NULL}
  };
  lua_getglobal(L, LUA_TABLIBNAME);
  luaL_setfuncs(L, functions, 0);
  lua_pop(L, 1);
}

/*
** What scripts keep between calls. Remembered once and put back before each new
** subject, so that nothing one call leaves behind is there for the next.
*/
#include "Internal.h"

#define SEEN 1    /* a table or function → a copy of what it held */
#define PENDING 2 /* a list of those still to be looked at */

/* Take the value on the top: note it once if it can hold others. */
static void note (lua_State *L) {
  int type = lua_type(L, -1);
  bool holds = type == LUA_TTABLE || (type == LUA_TFUNCTION && !lua_iscfunction(L, -1));
  if (holds) {
    lua_pushvalue(L, -1);
    holds = lua_rawget(L, SEEN) == LUA_TNIL;
    lua_pop(L, 1);
  }
  if (!holds) {
    lua_pop(L, 1);
    return;
  }
  lua_pushvalue(L, -1);
  lua_newtable(L);
  lua_rawset(L, SEEN);
  lua_rawseti(L, PENDING, (lua_Integer)lua_rawlen(L, PENDING) + 1);
}

/* Copy the table at 3 into the one at 4, noting what it holds. */
static void copy_table (lua_State *L) {
  lua_pushnil(L);
  while (lua_next(L, 3)) {
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -2);
    lua_rawset(L, 4);
    note(L);
    lua_pushvalue(L, -1);
    note(L);
  }
  if (lua_getmetatable(L, 3)) note(L);
}

static void copy_upvalues (lua_State *L) {
  for (int i = 1; lua_getupvalue(L, 3, i) != NULL; i++) {
    lua_pushvalue(L, -1);
    lua_rawseti(L, 4, i);
    note(L);
  }
}

/* The functions that the host holds are roots; which it holds does not change. */
static void note_functions (lua_State *L, Shim *s) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, s->ref_functions);
  for (int64_t i = 1; i <= s->function_count; i++) {
    lua_rawgeti(L, -1, i);
    note(L);
  }
  lua_pop(L, 1);
}

static int remember_body (lua_State *L) {
  Shim *s = self(L);
  lua_settop(L, 0);
  lua_newtable(L);
  lua_newtable(L);
  note_functions(L, s);
  lua_pushglobaltable(L);
  note(L);
  lua_rawgeti(L, LUA_REGISTRYINDEX, s->ref_loaded);
  note(L);
  for (lua_Integer i = 1; lua_rawgeti(L, PENDING, i) != LUA_TNIL; i++) {
    lua_pushvalue(L, 3);
    lua_rawget(L, SEEN);
    if (lua_istable(L, 3)) copy_table(L);
    else copy_upvalues(L);
    lua_settop(L, 2);
  }
  lua_settop(L, SEEN);
  s->ref_state = luaL_ref(L, LUA_REGISTRYINDEX);
  return 0;
}

/* The table at 2 as the copy at 3 has it. */
static void put_table_back (lua_State *L) {
  lua_pushnil(L);
  while (lua_next(L, 2)) {
    lua_pushvalue(L, -2);
    lua_rawget(L, 3);
    bool same = lua_rawequal(L, -1, -2);
    if (!same) {
      lua_pushvalue(L, -3);
      lua_pushvalue(L, -2);
      lua_rawset(L, 2); /* an existing key: allowed while walking */
    }
    lua_pop(L, 2);
  }
  lua_pushnil(L);
  while (lua_next(L, 3)) {
    lua_pushvalue(L, -2);
    bool gone = lua_rawget(L, 2) == LUA_TNIL;
    lua_pop(L, 1);
    if (!gone) {
      lua_pop(L, 1);
      continue;
    }
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    lua_rawset(L, 2);
  }
}

static int put_back_body (lua_State *L) {
  lua_settop(L, 0);
  lua_rawgeti(L, LUA_REGISTRYINDEX, self(L)->ref_state);
  lua_pushnil(L);
  while (lua_next(L, 1)) {
    if (lua_istable(L, 2)) put_table_back(L);
    else {
      for (int i = 1; ; i++) {
        lua_rawgeti(L, 3, i);
        if (lua_setupvalue(L, 2, i) == NULL) break;
      }
    }
    lua_settop(L, 2);
  }
  return 0;
}

static int protect (Shim *s, lua_CFunction body) {
  lua_State *L = s->current;
  if (s->reason == SHIM_WITHIN && !lua_checkstack(L, LUA_MINSTACK)) shim_starve(s);
  if (s->reason) return SHIM_EXCEEDED;
  int top = lua_gettop(L);
  lua_pushcfunction(L, body);
  int status = lua_pcall(L, 0, 0, 0);
  if (status == LUA_ERRMEM) shim_starve(s);
  if (status != LUA_OK) runs_keep_error(L, s);
  lua_settop(L, top);
  if (s->reason) return SHIM_EXCEEDED;
  return status == LUA_OK ? SHIM_OK : SHIM_RUNTIME;
}

int shim_remember_state (Shim *s) {
  return s->ref_state ? SHIM_OK : protect(s, remember_body);
}

int shim_put_state_back (Shim *s) {
  return s->ref_state ? protect(s, put_back_body) : SHIM_OK;
}

/*
** What scripts keep between calls. Remembered once and put back before each new
** subject, so that nothing one call leaves behind is there for the next.
*/
#include "Internal.h"

#define SEEN 1       /* a table or function → a copy of what it held */
#define METATABLES 2 /* a table → its metatable */
#define PENDING 3    /* a list of those still to be looked at */
#define HOLDER 4
#define COPY 5

/* How far these have come cannot be put back. */
static void refuse_progress (lua_State *L) {
  int type = lua_type(L, -1);
  bool moves = type == LUA_TTHREAD;
  if (type == LUA_TUSERDATA) {
    uint32_t tag = *(uint32_t *)lua_touserdata(L, -1);
    moves = tag == TAG_SCRATCH || tag == TAG_CURSOR;
  }
  if (moves)
    luaL_error(L, "a %s made while the package loads would go on from call to call; make it in the function",
               type == LUA_TTHREAD ? "coroutine" : "gmatch iterator");
}

/* Take the value on the top: note it once if it can hold others. */
static void note (lua_State *L) {
  refuse_progress(L);
  bool holds = lua_istable(L, -1);
  if (lua_isfunction(L, -1) && lua_getupvalue(L, -1, 1) != NULL) {
    holds = true;
    lua_pop(L, 1);
  }
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

static void copy_table (lua_State *L) {
  lua_pushnil(L);
  while (lua_next(L, HOLDER)) {
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -2);
    lua_rawset(L, COPY);
    note(L);
    lua_pushvalue(L, -1);
    note(L);
  }
  if (!lua_getmetatable(L, HOLDER)) return;
  lua_pushvalue(L, HOLDER);
  lua_pushvalue(L, -2);
  lua_rawset(L, METATABLES);
  note(L);
}

/* What functions in C hold is the library's own; only how far they have come is put back. */
static void copy_upvalues (lua_State *L) {
  bool own = lua_iscfunction(L, HOLDER);
  for (int i = 1; lua_getupvalue(L, HOLDER, i) != NULL; i++) {
    lua_pushvalue(L, -1);
    lua_rawseti(L, COPY, i);
    if (own) {
      refuse_progress(L);
      lua_pop(L, 1);
    } else {
      note(L);
    }
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
  lua_newtable(L);
  note_functions(L, s);
  lua_pushglobaltable(L);
  note(L);
  lua_rawgeti(L, LUA_REGISTRYINDEX, s->ref_loaded);
  note(L);
  for (lua_Integer i = 1; lua_rawgeti(L, PENDING, i) != LUA_TNIL; i++) {
    lua_pushvalue(L, HOLDER);
    lua_rawget(L, SEEN);
    if (lua_istable(L, HOLDER)) copy_table(L);
    else copy_upvalues(L);
    lua_settop(L, PENDING);
  }
  lua_settop(L, METATABLES);
  s->ref_metatables = luaL_ref(L, LUA_REGISTRYINDEX);
  s->ref_state = luaL_ref(L, LUA_REGISTRYINDEX);
  s->ids_kept = s->id_count;
  return 0;
}

static void put_metatable_back (lua_State *L) {
  lua_pushvalue(L, HOLDER);
  lua_rawget(L, METATABLES);
  if (!lua_getmetatable(L, HOLDER)) lua_pushnil(L);
  bool same = lua_rawequal(L, -1, -2);
  lua_pop(L, 1);
  if (same) lua_pop(L, 1);
  else lua_setmetatable(L, HOLDER);
}

static void put_table_back (lua_State *L) {
  put_metatable_back(L);
  lua_pushnil(L);
  while (lua_next(L, HOLDER)) {
    lua_pushvalue(L, -2);
    lua_rawget(L, COPY);
    bool same = lua_rawequal(L, -1, -2);
    if (!same) {
      lua_pushvalue(L, -3);
      lua_pushvalue(L, -2);
      lua_rawset(L, HOLDER); /* an existing key: allowed while walking */
    }
    lua_pop(L, 2);
  }
  lua_pushnil(L);
  while (lua_next(L, COPY)) {
    lua_pushvalue(L, -2);
    bool gone = lua_rawget(L, HOLDER) == LUA_TNIL;
    lua_pop(L, 1);
    if (!gone) {
      lua_pop(L, 1);
      continue;
    }
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    lua_rawset(L, HOLDER);
  }
}

/* Names that tostring gave since, and the orders of keys that next keeps: the next call
   counts and looks anew. */
static void forget_names_and_orders (lua_State *L, Shim *s) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, s->ref_ids);
  lua_pushnil(L);
  while (lua_next(L, 1)) {
    bool is_new = lua_tointeger(L, -1) > s->ids_kept;
    lua_pop(L, 1);
    if (!is_new) continue;
    lua_pushvalue(L, -1);
    lua_pushnil(L);
    lua_rawset(L, 1);
  }
  s->id_count = s->ids_kept;
  lua_settop(L, 0);
  lua_rawgeti(L, LUA_REGISTRYINDEX, s->ref_keys);
  lua_pushnil(L);
  while (lua_next(L, 1)) {
    lua_pop(L, 1);
    lua_pushvalue(L, -1);
    lua_pushnil(L);
    lua_rawset(L, 1);
  }
}

static int put_back_body (lua_State *L) {
  lua_settop(L, 0);
  forget_names_and_orders(L, self(L));
  lua_settop(L, 0);
  lua_rawgeti(L, LUA_REGISTRYINDEX, self(L)->ref_state);
  lua_rawgeti(L, LUA_REGISTRYINDEX, self(L)->ref_metatables);
  lua_pushnil(L); /* no list this time */
  lua_pushnil(L);
  while (lua_next(L, SEEN)) {
    if (lua_istable(L, HOLDER)) put_table_back(L);
    else {
      for (int i = 1; ; i++) {
        lua_rawgeti(L, COPY, i);
        if (lua_setupvalue(L, HOLDER, i) == NULL) break;
      }
    }
    lua_settop(L, HOLDER);
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

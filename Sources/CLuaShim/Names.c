/*
** What the host adds by name: globals, modules, types of objects.
*/
#include "Internal.h"

/* {======== Names ======== */

typedef struct Naming {
  const char *name;
  int is_module;
} Naming;

static int name_body (lua_State *L) {
  Shim *s = self(L);
  const Naming *naming = lua_touserdata(L, 1);
  size_t next = 0;
  if (naming->is_module) lua_rawgeti(L, LUA_REGISTRYINDEX, s->ref_loaded);
  else lua_pushglobaltable(L);
  lua_pushstring(L, naming->name);
  values_build(L, s, &next);
  lua_rawset(L, -3);
  return 0;
}

static int protect (Shim *s, lua_CFunction body, void *detail) {
  lua_State *L = s->current;
  if (s->reason == SHIM_WITHIN && !lua_checkstack(L, LUA_MINSTACK)) shim_starve(s);
  if (s->reason) {
    shim_forget_emitted(s);
    return -1;
  }
  int top = lua_gettop(L);
  lua_pushcfunction(L, body);
  lua_pushlightuserdata(L, detail);
  int status = lua_pcall(L, 1, 1, 0);
  if (status == LUA_ERRMEM) shim_starve(s);
  if (status != LUA_OK) runs_keep_error(L, s);
  int value = status == LUA_OK ? (int)lua_tointeger(L, -1) : -1;
  lua_settop(L, top);
  shim_forget_emitted(s);
  return value;
}

int shim_set_global (Shim *s, const char *name) {
  Naming naming = {name, 0};
  return protect(s, name_body, &naming);
}

int shim_set_module (Shim *s, const char *name) {
  Naming naming = {name, 1};
  return protect(s, name_body, &naming);
}

/* }======== Types of objects {======== */

static int release_object (lua_State *L) {
  Object *object = lua_touserdata(L, 1);
  Shim *s = self(L);
  if (object && object->tag == TAG_OBJECT && object->slot >= 0) {
    s->host.release(s->host.host, object->slot);
    object->slot = -1;
  }
  return 0;
}

/* Methods first, then what the host says. */
static int index_object (lua_State *L) {
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 1;
  lua_pop(L, 1);
  lua_pushvalue(L, lua_upvalueindex(2));
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, 1);
  return 1;
}

/* Copy every field of the table on the top into the one below. */
static void merge (lua_State *L) {
  lua_pushnil(L);
  while (lua_next(L, -2)) {
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    lua_rawset(L, -5);
  }
  lua_pop(L, 1);
}

static int extend_decimals (lua_State *L, Shim *s) {
  size_t next = 0;
  lua_rawgeti(L, LUA_REGISTRYINDEX, s->ref_decimal);
  lua_pushliteral(L, "__index");
  lua_rawget(L, -2);
  values_build(L, s, &next);
  merge(L);
  lua_pop(L, 1);
  values_build(L, s, &next);
  merge(L);
  lua_pushinteger(L, 0);
  return 1;
}

static int type_body (lua_State *L) {
  Shim *s = self(L);
  const char *name = lua_touserdata(L, 1);
  size_t next = 0;
  if (strcmp(name, "decimal") == 0) return extend_decimals(L, s);
  lua_settop(L, 0);
  values_build(L, s, &next); /* 1: methods */
  values_build(L, s, &next); /* 2: metatable */
  lua_getfield(L, 2, "__index");
  if (lua_isnil(L, 3)) {
    lua_pushvalue(L, 1);
  } else {
    lua_pushvalue(L, 1);
    lua_pushvalue(L, 3);
    lua_pushcclosure(L, index_object, 2);
  }
  lua_setfield(L, 2, "__index");
  lua_pushstring(L, name);
  lua_setfield(L, 2, "__name");
  lua_pushboolean(L, 0);
  lua_setfield(L, 2, "__metatable");
  lua_pushcfunction(L, release_object);
  lua_setfield(L, 2, "__gc");
  lua_rawgeti(L, LUA_REGISTRYINDEX, s->ref_types);
  lua_pushvalue(L, 2);
  lua_rawseti(L, -2, ++s->type_count);
  lua_pushinteger(L, s->type_count);
  return 1;
}

int shim_define_type (Shim *s, const char *name) {
  return protect(s, type_body, (void *)name);
}

/* } */

/*
** The base library a script sees: stops cannot be caught, text only, nothing
** that a hook could not end, no way out.
*/
#include <stdlib.h>

#include "Internal.h"

/* {======== Savepoints ======== */

/* Gives 1 when one was begun. */
int savepoint_begin (lua_State *L) {
  Shim *s = self(L);
  if (!s->savepoints) return 0;
  int status = s->host.savepoint(s->host.host, SHIM_SAVEPOINT_BEGIN);
  if (status < 0) calls_raise(L, s, status);
  return 1;
}

void savepoint_end (lua_State *L, int begun, bool success) {
  Shim *s = self(L);
  if (!begun) return;
  int operation = success ? SHIM_SAVEPOINT_RELEASE : SHIM_SAVEPOINT_ROLLBACK;
  int status = s->host.savepoint(s->host.host, operation);
  if (status < 0) calls_raise(L, s, status);
}

/* }======== Catching errors {======== */

static int finish_pcall (lua_State *L, int status, lua_KContext extra) {
  int begun = (int)(extra & 1), skipped = (int)(extra >> 1);
  bool success = status == LUA_OK || status == LUA_YIELD;
  if (!success) shim_stop_refused(L, status);
  else shim_poll(L);
  savepoint_end(L, begun, success);
  if (success) return lua_gettop(L) - skipped;
  lua_pushboolean(L, 0);
  lua_pushvalue(L, -2);
  return 2;
}

static int base_pcall (lua_State *L) {
  luaL_checkany(L, 1);
  int begun = savepoint_begin(L);
  lua_pushboolean(L, 1);
  lua_insert(L, 1);
  int status = lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, begun,
                          begun ? NULL : finish_pcall);
  return finish_pcall(L, status, begun);
}

/* A script's message handler never sees a stop. */
static int handle (lua_State *L) {
  Shim *s = self(L);
  if (s->due_time | s->reason) return 1;
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, 1, 1);
  return 1;
}

static int base_xpcall (lua_State *L) {
  int count = lua_gettop(L);
  luaL_checktype(L, 2, LUA_TFUNCTION);
  int begun = savepoint_begin(L);
  lua_pushvalue(L, 2);
  lua_pushcclosure(L, handle, 1);
  lua_replace(L, 2);
  lua_pushboolean(L, 1);
  lua_pushvalue(L, 1);
  lua_rotate(L, 3, 2);
  lua_KContext extra = (2 << 1) | begun;
  int status = lua_pcallk(L, count - 2, LUA_MULTRET, 2, extra, begun ? NULL : finish_pcall);
  return finish_pcall(L, status, extra);
}

/* }======== Loading {======== */

/* Push all that the function at 1 gives, up to nil or an empty piece. */
static int read_pieces (lua_State *L) {
  luaL_Buffer all;
  size_t length, total = 0;
  luaL_buffinit(L, &all);
  for (;;) {
    lua_pushvalue(L, 1);
    lua_call(L, 0, 1);
    shim_poll(L);
    if (lua_isnil(L, -1)) break;
    if (!lua_isstring(L, -1)) {
      luaL_where(L, 2); /* the line that calls 'load' */
      lua_pushliteral(L, "reader function must return a string");
      lua_concat(L, 2);
      lua_error(L);
    }
    lua_tolstring(L, -1, &length);
    if (length == 0) break;
    total += length;
    if (total > MAX_SOURCE) luaL_error(L, "source is longer than %d KiB", MAX_SOURCE / 1024);
    luaL_addvalue(&all);
  }
  lua_pop(L, 1);
  luaL_pushresult(&all);
  const char *source = lua_tolstring(L, -1, &length);
  if (source_refused(L, source, length, "load")) lua_error(L);
  return 1;
}

/* Push the environment of the function that called: its _ENV, a local or an
   upvalue, else the globals. */
static void push_environment (lua_State *L) {
  lua_Debug ar;
  const char *name;
  bool caller = lua_getstack(L, 1, &ar);
  int top = lua_gettop(L), found = 0;
  for (int i = 1; caller && (name = lua_getlocal(L, &ar, i)) != NULL; i++) {
    if (strcmp(name, "_ENV") != 0) { lua_pop(L, 1); continue; }
    if (found) lua_replace(L, found); /* an inner one hides it */
    found = top + 1;
  }
  if (found) return;
  if (caller && lua_getinfo(L, "f", &ar)) {
    for (int i = 1; (name = lua_getupvalue(L, -1, i)) != NULL; i++) {
      if (strcmp(name, "_ENV") == 0) {
        lua_remove(L, -2);
        return;
      }
      lua_pop(L, 1);
    }
    lua_pop(L, 1);
  }
  lua_pushglobaltable(L);
}

static int compile (lua_State *L, const char *source, size_t length, const char *name) {
  shim_steps(L, (int64_t)length);
  return source_load(L, source, length, name);
}

static int base_load (lua_State *L) {
  size_t length;
  const char *source = lua_tolstring(L, 1, &length);
  const char *mode = luaL_optstring(L, 3, "t");
  bool has_environment = !lua_isnone(L, 4);
  int status;
  if (source && lua_type(L, 1) == LUA_TSTRING) {
    const char *name = luaL_optstring(L, 2, source);
    lua_settop(L, 5);
    if (strchr(mode, 't') == NULL) goto binary;
    status = source_refused(L, source, length, "load") ? LUA_ERRSYNTAX
      : compile(L, source, length, name);
  } else {
    const char *name = luaL_optstring(L, 2, "=(load)");
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_settop(L, 5);
    if (strchr(mode, 't') == NULL) goto binary;
    int begun = savepoint_begin(L); /* it catches what the reader raises, as the stock function does */
    lua_pushcfunction(L, read_pieces);
    lua_pushvalue(L, 1);
    status = lua_pcall(L, 1, 1, 0);
    if (status != LUA_OK) shim_stop_refused(L, status);
    savepoint_end(L, begun, status == LUA_OK);
    if (status == LUA_OK) {
      source = lua_tolstring(L, -1, &length);
      status = compile(L, source, length, name);
    }
  }
  if (status != LUA_OK) {
    shim_stop_refused(L, status);
    lua_pushnil(L);
    lua_insert(L, -2);
    return 2;
  }
  if (has_environment) lua_pushvalue(L, 4);
  else push_environment(L);
  if (!lua_setupvalue(L, -2, 1)) lua_pop(L, 1);
  return 1;
binary:
  lua_pushnil(L);
  lua_pushfstring(L, "attempt to load a text chunk (mode is '%s')", mode);
  return 2;
}

/* Load and run what the host's loader emitted: source, then chunk name. */
static void load_module (lua_State *L, Shim *s, const char *name) {
  size_t next = 0, length;
  shim_poll(L);
  values_build(L, s, &next);
  values_build(L, s, &next);
  values_emitted_done(s);
  const char *source = lua_tolstring(L, -2, &length);
  if (source_refused(L, source, length, name)) lua_error(L);
  source = source_text(source, &length);
  const char *chunk = lua_tostring(L, -1);
  if (source_load(L, source, length, chunk) == LUA_OK) return;
  if (s->reason == SHIM_WITHIN) runs_note_unloaded(L, chunk);
  lua_error(L);
}

/* What fails while a file runs is remembered before its stack is gone. */
static int note_error (lua_State *L) {
  Shim *s = self(L);
  if (!(s->due_time | s->reason)) runs_note_raised(L, L);
  return 1;
}

static int base_require (lua_State *L) {
  Shim *s = self(L);
  size_t length;
  const char *name = luaL_checklstring(L, 1, &length);
  lua_settop(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, s->ref_loaded); /* 2 */
  lua_pushvalue(L, 1);
  lua_rawget(L, 2); /* 3 */
  if (lua_islightuserdata(L, 3))
    luaL_error(L, SAY(L, "文件 '%s' 转了一圈又引用自己", "module '%s' requires itself"), name);
  if (!lua_isnil(L, 3)) return 1;
  int status = s->host.require(s->host.host, name, length);
  if (status < 0) return calls_raise(L, s, status);
  if (status == 0)
    return luaL_error(L, SAY(L, "找不到 '%s'", "module '%s' not found"), name);
  load_module(L, s, name);
  lua_pushvalue(L, 1);
  lua_pushlightuserdata(L, s);
  lua_rawset(L, 2); /* under way */
  lua_pushcfunction(L, note_error);
  lua_insert(L, -2);
  lua_pushvalue(L, 1);
  status = lua_pcall(L, 1, 1, lua_gettop(L) - 2);
  if (status != LUA_OK) {
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    lua_rawset(L, 2);
    shim_stop_refused(L, status);
    return lua_error(L);
  }
  if (lua_isnil(L, -1)) {
    lua_pop(L, 1);
    lua_pushboolean(L, 1);
  }
  lua_pushvalue(L, 1);
  lua_pushvalue(L, -2);
  lua_rawset(L, 2);
  return 1;
}

/* }======== The rest {======== */

static void refuse_key (lua_State *L, int metatable, const char *key) {
  lua_pushstring(L, key);
  lua_rawget(L, metatable);
  if (!lua_isnil(L, -1))
    luaL_error(L, SAY(L, "这里的元表不能有 '%s'", "'%s' cannot be used in a metatable here"), key);
  lua_pop(L, 1);
}

/* Calling a table whose '__call' is a table, and so on, moves the stack at each
   step and asks no hook: a circle of them would never end. The tortoise goes half as fast,
   and is met where there is a circle (Floyd). */
static void refuse_long_call (lua_State *L) {
  lua_settop(L, 2);
  lua_pushvalue(L, 1); /* 3: the tortoise */
  lua_pushvalue(L, 2); /* 4: the metatable to look at */
  for (int links = 1;; links++) {
    lua_pushliteral(L, "__call");
    if (lua_rawget(L, 4) != LUA_TTABLE) break;
    if (lua_rawequal(L, -1, 1) || (links > 1 && lua_rawequal(L, -1, 3)))
      luaL_error(L, SAY(L, "'__call' 转了一圈又回到自己", "'__call' leads in a circle"));
    if (links > MAX_CALL_LINKS)
      luaL_error(L, SAY(L, "'__call' 连了 %d 层以上", "a chain of more than %d '__call'"), MAX_CALL_LINKS);
    if (!lua_getmetatable(L, -1)) break;
    lua_replace(L, 4);
    if (links == 1) lua_replace(L, 3); /* the first link */
    else if (links % 2 == 1 && lua_getmetatable(L, 3)) {
      lua_pushliteral(L, "__call");
      lua_rawget(L, -2);
      lua_replace(L, 3);
    }
    lua_settop(L, 4);
    shim_tick(L, links);
  }
  lua_settop(L, 2);
}

static int base_setmetatable (lua_State *L) {
  int type = lua_type(L, 2);
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
  if (!values_is_marked(L, 1) && luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
    return luaL_error(L, "cannot change a protected metatable");
  lua_settop(L, 2);
  if (type == LUA_TTABLE) {
    refuse_key(L, 2, "__gc");
    refuse_key(L, 2, "__mode");
    refuse_long_call(L);
  }
  lua_settop(L, 2);
  lua_setmetatable(L, 1);
  return 1;
}

/* How much is in use depends on what ran before and on when garbage goes: nothing that is
   replayed may see it. */
static int base_collectgarbage (lua_State *L) {
  const char *option = luaL_optstring(L, 1, "collect");
  if (strcmp(option, "count") != 0)
    return luaL_error(
      L, SAY(L, "collectgarbage 在这里只能写 \"count\"，不能写 \"%s\"",
             "collectgarbage: only \"count\" is available here, not \"%s\""), option);
  if (self(L)->strict_order)
    return luaL_error(
      L, SAY(L, "collectgarbage：用了多少内存每次都不同，重算会不一样，这里不能用",
             "collectgarbage: the memory in use differs from call to call, so it counts for nothing here"));
  lua_pushnumber(L, (lua_Number)self(L)->used / 1024.0);
  return 1;
}

static int base_tostring (lua_State *L) {
  luaL_checkany(L, 1);
  addresses_tostring(L, 1, NULL);
  return 1;
}

static int base_print (lua_State *L) {
  Shim *s = self(L);
  int count = lua_gettop(L);
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  for (int i = 1; i <= count; i++) {
    if (i > 1) luaL_addchar(&buffer, '\t');
    addresses_tostring(L, i, NULL);
    luaL_addvalue(&buffer);
  }
  luaL_pushresult(&buffer);
  size_t length;
  const char *text = lua_tolstring(L, -1, &length);
  s->output += (int64_t)length + 1;
  if (s->limits.output > 0 && s->output > s->limits.output)
    return shim_stop(L, SHIM_OUTPUT, (double)s->output, (double)s->limits.output);
  s->host.print(s->host.host, text, length);
  shim_poll(L);
  return 0;
}

static const luaL_Reg functions[] = {
  {"pcall", base_pcall},
  {"xpcall", base_xpcall},
  {"load", base_load},
  {"require", base_require},
  {"setmetatable", base_setmetatable},
  {"collectgarbage", base_collectgarbage},
  {"tostring", base_tostring},
  {"print", base_print},
  {"dofile", NULL},
  {"loadfile", NULL},
  {"warn", NULL},
  {NULL, NULL}
};

static int new_reference (lua_State *L) {
  lua_newtable(L);
  return luaL_ref(L, LUA_REGISTRYINDEX);
}

void base_open (lua_State *L) {
  static const luaL_Reg libraries[] = {
    {LUA_GNAME, luaopen_base},          {LUA_STRLIBNAME, luaopen_string},
    {LUA_TABLIBNAME, luaopen_table},    {LUA_MATHLIBNAME, luaopen_math},
    {LUA_UTF8LIBNAME, luaopen_utf8},    {LUA_COLIBNAME, luaopen_coroutine},
    {NULL, NULL}
  };
  Shim *s = self(L);
  for (const luaL_Reg *library = libraries; library->func; library++) {
    luaL_requiref(L, library->name, library->func, 1);
    lua_pop(L, 1);
  }
  s->ref_loaded = new_reference(L);
  s->ref_functions = new_reference(L);
  s->ref_types = new_reference(L);
  lua_pushglobaltable(L);
  for (const luaL_Reg *function = functions; function->name; function++) {
    if (function->func) lua_pushcfunction(L, function->func);
    else lua_pushnil(L);
    lua_setfield(L, -2, function->name);
  }
  lua_getfield(L, -1, "math");
  lua_pushnil(L);
  lua_setfield(L, -2, s->seeded ? "unseeded" : "randomseed");
  if (!s->seeded) {
    lua_pushnil(L);
    lua_setfield(L, -2, "random");
  }
  lua_pop(L, 2);
}

/* } */

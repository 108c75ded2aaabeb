/*
** Coroutines that the deadline can follow: the shim always knows which one
** runs, and a stop passes through every one of them.
*/
#include "Internal.h"

static lua_State *coroutine_at (lua_State *L) {
  lua_State *co = lua_tothread(L, 1);
  luaL_argexpected(L, co, 1, "thread");
  return co;
}

/* Close a coroutine's pending variables. Each level takes C stack that Lua does
   not count, so levels are counted here. */
static int reset (lua_State *L, lua_State *co) {
  Shim *s = self(L);
  if (s->close_depth >= MAX_CLOSE_DEPTH) return luaL_error(L, "C stack overflow");
  s->close_depth++;
  s->current = co;
  int status = lua_resetthread(co);
  s->current = L;
  s->close_depth--;
  shim_stop_refused(L, status);
  return status;
}

/* Gives the number of results on L, or -1 with the error there. */
static int resume (lua_State *L, lua_State *co, int arguments) {
  Shim *s = self(L);
  int results;
  if (!lua_checkstack(co, arguments)) {
    lua_pushliteral(L, "too many arguments to resume");
    return -1;
  }
  lua_xmove(L, co, arguments);
  s->current = co;
  if (s->due_time | s->due_memory | s->reason) {
    s->current = L;
    shim_settle(L);
    s->current = co;
  }
  s->nesting++;
  int status = lua_resume(co, L, arguments, &results);
  s->current = L;
  if (s->nesting-- > MAX_C_CALLS / 2 && status == LUA_ERRRUN && lua_type(co, -1) == LUA_TSTRING
      && strstr(lua_tostring(co, -1), "C stack overflow"))
    s->overflowed = 1;
  shim_stop_refused(L, status);
  if (status == LUA_OK || status == LUA_YIELD) {
    if (!lua_checkstack(L, results + 1)) {
      lua_pop(co, results);
      lua_pushliteral(L, "too many results to resume");
      return -1;
    }
    lua_xmove(co, L, results);
    return results;
  }
  shim_forget_emitted(s);
  lua_xmove(co, L, 1);
  return -1;
}

/* With savepoints, what a coroutine wrote before it failed is undone as it is
   for pcall. */
static int guarded_resume (lua_State *L, lua_State *co, int arguments) {
  int begun = savepoint_begin(L);
  int results = resume(L, co, arguments);
  savepoint_end(L, begun, results >= 0);
  return results;
}

static int co_resume (lua_State *L) {
  lua_State *co = coroutine_at(L);
  int results = guarded_resume(L, co, lua_gettop(L) - 1);
  lua_pushboolean(L, results >= 0);
  if (results < 0) {
    lua_insert(L, -2);
    return 2;
  }
  lua_insert(L, -(results + 1));
  return results + 1;
}

static int wrapped (lua_State *L) {
  lua_State *co = lua_tothread(L, lua_upvalueindex(1));
  int results = guarded_resume(L, co, lua_gettop(L));
  if (results >= 0) return results;
  int status = lua_status(co);
  if (status != LUA_OK && status != LUA_YIELD) {
    runs_note_raised(L, co);
    status = reset(L, co);
    lua_xmove(co, L, 1);
  }
  if (status != LUA_ERRMEM && lua_type(L, -1) == LUA_TSTRING) {
    luaL_where(L, 1);
    lua_insert(L, -2);
    lua_concat(L, 2);
    runs_rename_raised(L);
  }
  return lua_error(L);
}

static int co_create (lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_State *co = lua_newthread(L);
  *(Shim **)lua_getextraspace(co) = self(L);
  lua_pushvalue(L, 1);
  lua_xmove(L, co, 1);
  return 1;
}

static int co_wrap (lua_State *L) {
  co_create(L);
  lua_pushcclosure(L, wrapped, 1);
  return 1;
}

/* Suspended and dead ones can be closed: 0, or the word for what it is. */
static const char *unclosable (lua_State *L, lua_State *co) {
  lua_Debug ar;
  if (L == co) return "running";
  if (lua_status(co) != LUA_OK) return NULL;
  if (lua_getstack(co, 0, &ar)) return "normal";
  return NULL;
}

static int co_close (lua_State *L) {
  lua_State *co = coroutine_at(L);
  const char *state = unclosable(L, co);
  if (state) return luaL_error(L, "cannot close a %s coroutine", state);
  if (reset(L, co) == LUA_OK) {
    lua_pushboolean(L, 1);
    return 1;
  }
  lua_pushboolean(L, 0);
  lua_xmove(co, L, 1);
  return 2;
}

void coroutines_open (lua_State *L) {
  static const luaL_Reg functions[] = {
    {"create", co_create}, {"resume", co_resume}, {"wrap", co_wrap}, {"close", co_close},
    {NULL, NULL}
  };
  lua_getglobal(L, LUA_COLIBNAME);
  luaL_setfuncs(L, functions, 0);
  lua_pop(L, 1);
}

/*
** The same crossings as the Swift program 'crossings', written in C on the same
** liblua: the floor that the binding is measured against.
**
**   cc -O2 crossings.c $(pkg-config --cflags --libs lua5.4) -o crossings-c
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

static int add (lua_State *L) {
  lua_pushinteger(L, luaL_checkinteger(L, 1) + luaL_checkinteger(L, 2));
  return 1;
}

static int measure (lua_State *L) {
  size_t length;
  luaL_checklstring(L, 1, &length);
  lua_pushinteger(L, (lua_Integer)length);
  return 1;
}

/* {======== Rows: one row object, columns made up ======== */

typedef struct Rows {
  long row, count;
  const char *names[5];
} Rows;

static int row_index (lua_State *L) {
  Rows *rows = *(Rows **)lua_touserdata(L, 1);
  const char *name = luaL_checkstring(L, 2);
  for (int i = 0; i < 5; i++) {
    if (rows->names[i] != name) continue;
    lua_pushinteger(L, rows->row + i);
    return 1;
  }
  return luaL_error(L, "no field '%s'", name);
}

static int next_row (lua_State *L) {
  Rows *rows = lua_touserdata(L, lua_upvalueindex(1));
  if (rows->row >= rows->count) return 0;
  rows->row++;
  lua_pushvalue(L, lua_upvalueindex(2));
  return 1;
}

static int each (lua_State *L) {
  static const char *const names[] = {"id", "opened", "closed", "due", "kind"};
  Rows *rows = lua_newuserdatauv(L, sizeof *rows, 1);
  rows->row = 0;
  rows->count = 500000;
  lua_createtable(L, 5, 0);
  for (int i = 0; i < 5; i++) {
    rows->names[i] = lua_pushstring(L, names[i]);
    lua_rawseti(L, -2, i + 1);
  }
  lua_setiuservalue(L, -2, 1);
  Rows **row = lua_newuserdatauv(L, sizeof *row, 0);
  *row = rows;
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, row_index);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
  lua_pushcclosure(L, next_row, 2);
  return 1;
}

/* }======== Measuring {======== */

static char **names; /* what the command line wants, or everything */

static int wanted (const char *name) {
  if (names[0] == NULL) return 1;
  for (char **each = names; *each; each++)
    if (strcmp(*each, name) == 0) return 1;
  return 0;
}

static double now (void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int ascending (const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

static void report (lua_State *L, const char *name, const char *source, double operations) {
  if (!wanted(name)) return;
  double times[5];
  for (int i = 0; i < 5; i++) {
    double start = now();
    if (luaL_dostring(L, source)) {
      fprintf(stderr, "%s\n", lua_tostring(L, -1));
      exit(1);
    }
    times[i] = (now() - start) / operations;
    lua_settop(L, 0);
  }
  qsort(times, 5, sizeof *times, ascending);
  printf("%s %.1f\n", name, times[2]);
}

static void open_libraries (lua_State *L) {
  static const luaL_Reg libraries[] = {
    {LUA_GNAME, luaopen_base}, {LUA_STRLIBNAME, luaopen_string}, {LUA_TABLIBNAME, luaopen_table},
    {LUA_MATHLIBNAME, luaopen_math}, {LUA_UTF8LIBNAME, luaopen_utf8},
    {LUA_COLIBNAME, luaopen_coroutine}, {NULL, NULL}
  };
  for (const luaL_Reg *library = libraries; library->func; library++) {
    luaL_requiref(L, library->name, library->func, 1);
    lua_pop(L, 1);
  }
}

static void report_open (void) {
  if (!wanted("open")) return;
  double times[5];
  for (int i = 0; i < 5; i++) {
    double start = now();
    for (int k = 0; k < 2000; k++) {
      lua_State *L = luaL_newstate();
      open_libraries(L);
      if (luaL_dostring(L, "local a, b = 59, 64; return a / b")) exit(1);
      lua_close(L);
    }
    times[i] = (now() - start) / 2000;
  }
  qsort(times, 5, sizeof *times, ascending);
  printf("open %.1f\n", times[2]);
}

int main (int count, char **arguments) {
  names = arguments + (count > 0);
  lua_State *L = luaL_newstate();
  luaL_openlibs(L);
  lua_register(L, "add", add);
  lua_register(L, "measure", measure);
  lua_register(L, "each", each);
  report(L, "integers", "local f = add for i = 1, 3000000 do f(i, 2) end", 3e6);
  report(L, "string", "local f = measure for i = 1, 3000000 do f('公约社区治理') end", 3e6);
  report(L, "rows", "local n = 0 for r in each() do n = n + r.opened + r.due end", 5e5);
  report(L, "pcall", "local f = pcall for i = 1, 3000000 do f(type, 1) end", 3e6);
  report(L, "coroutine",
         "local y = coroutine.yield local c = coroutine.wrap(function() while true do y() end end)"
         " for i = 1, 2000000 do c() end", 2e6);
  report(L, "loop", "local n = 0 for i = 1, 20000000 do n = n + i % 7 end", 2e7);
  report(L, "find", "local s = ('街道办 abc 12 '):rep(20) .. 'x9y'"
         " for i = 1, 200000 do s:find('%a%d%a') end", 2e5);
  report(L, "gsub", "local s = ('name=value; '):rep(20)"
         " for i = 1, 20000 do s:gsub('(%w+)=(%w+)', '%2=%1') end", 2e4);
  report(L, "rep", "for i = 1, 200000 do local s = ('ab'):rep(100, ',') end", 2e5);
  report(L, "concat", "local t = {} for i = 1, 100 do t[i] = 'abc' end"
         " for i = 1, 50000 do table.concat(t, ',') end", 5e4);
  report(L, "insert", "for i = 1, 200 do local t = {}"
         " for k = 1, 5000 do table.insert(t, k) end end", 1e6);
  report(L, "pairs", "local t = {} for i = 1, 1000 do t['k' .. i] = i end"
         " for i = 1, 300 do for k, v in pairs(t) do end end", 3e5);
  report_open();
  lua_close(L);
  return 0;
}

/* } */

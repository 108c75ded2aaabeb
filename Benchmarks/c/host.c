/*
** The yardstick: a plain C host on the same liblua and SQLite, without limits,
** scopes or checks. Each subcommand prints one median per line as
** "name nanoseconds" (per operation); `Benchmarks/run` sets them beside ours.
**
**   host crossings          host functions called from Lua
**   host open               a state with the same libraries, a small formula, close
**   host rows DATABASE      two fields of every row of a table through a cursor
*/
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { REPEATS = 7 };

static double now (void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

static int ascending (const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median (double *samples) {
  qsort(samples, REPEATS, sizeof *samples, ascending);
  return samples[REPEATS / 2];
}

static void die (const char *what, const char *why) {
  fprintf(stderr, "%s: %s\n", what, why);
  exit(1);
}

static void run (lua_State *L, const char *source) {
  if (luaL_loadstring(L, source) != LUA_OK || lua_pcall(L, 0, 0, 0) != LUA_OK)
    die("lua", lua_tostring(L, -1));
}

/* --- crossings --- */

static int add (lua_State *L) {
  lua_pushinteger(L, luaL_checkinteger(L, 1) + luaL_checkinteger(L, 2));
  return 1;
}

/* What a host does with a string: look at every byte, answer a number. */
static int measure (lua_State *L) {
  size_t length;
  const char *text = luaL_checklstring(L, 1, &length);
  lua_pushinteger(L, (lua_Integer)length + (text[0] == 0));
  return 1;
}

static void crossings (void) {
  static const struct { const char *name, *source; } cases[] = {
    {"two_integers", "local add = add; for i = 1, 5000000 do add(i, 2) end"},
    {"chinese_string",
     "local measure = measure; for i = 1, 5000000 do measure('公共设施损坏') end"},
  };
  lua_State *L = luaL_newstate();
  luaL_openlibs(L);
  lua_register(L, "add", add);
  lua_register(L, "measure", measure);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    double samples[REPEATS];
    for (int n = 0; n < REPEATS; n++) {
      double start = now();
      run(L, cases[i].source);
      samples[n] = (now() - start) / 5e6;
    }
    printf("%s %.2f\n", cases[i].name, median(samples));
  }
  lua_close(L);
}

/* --- opening --- */

static void opening (void) {
  static const luaL_Reg libraries[] = {
    {LUA_GNAME, luaopen_base}, {LUA_STRLIBNAME, luaopen_string}, {LUA_TABLIBNAME, luaopen_table},
    {LUA_MATHLIBNAME, luaopen_math}, {LUA_UTF8LIBNAME, luaopen_utf8}, {LUA_COLIBNAME, luaopen_coroutine},
    {NULL, NULL}};
  enum { STATES = 2000 };
  double samples[REPEATS];
  for (int n = 0; n < REPEATS; n++) {
    double start = now();
    for (int i = 0; i < STATES; i++) {
      lua_State *L = luaL_newstate();
      for (const luaL_Reg *library = libraries; library->func; library++) {
        luaL_requiref(L, library->name, library->func, 1);
        lua_pop(L, 1);
      }
      run(L, "local function score(n, d) return 100 * n // d end return score(58, 64)");
      lua_close(L);
    }
    samples[n] = (now() - start) / STATES;
  }
  printf("open_run_close %.0f\n", median(samples));
}

/* --- rows --- */

static int row_index (lua_State *L) {
  sqlite3_stmt *statement = *(sqlite3_stmt **)lua_touserdata(L, 1);
  lua_pushvalue(L, 2);
  lua_rawget(L, lua_upvalueindex(1));  /* column by name */
  int column = (int)lua_tointeger(L, -1);
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: lua_pushinteger(L, sqlite3_column_int64(statement, column)); break;
    case SQLITE_FLOAT: lua_pushnumber(L, sqlite3_column_double(statement, column)); break;
    case SQLITE_TEXT:
      lua_pushlstring(L, (const char *)sqlite3_column_text(statement, column),
                      (size_t)sqlite3_column_bytes(statement, column));
      break;
    default: lua_pushnil(L);
  }
  return 1;
}

static int next_row (lua_State *L) {
  sqlite3_stmt *statement = *(sqlite3_stmt **)lua_touserdata(L, 1);
  if (sqlite3_step(statement) != SQLITE_ROW) return 0;
  lua_settop(L, 1);
  return 1;
}

static int each_row (lua_State *L) {
  sqlite3 *database = lua_touserdata(L, lua_upvalueindex(1));
  sqlite3_stmt **slot = lua_newuserdatauv(L, sizeof *slot, 0);
  if (sqlite3_prepare_v2(database, lua_tostring(L, lua_upvalueindex(2)), -1, slot, NULL) != SQLITE_OK)
    return luaL_error(L, "%s", sqlite3_errmsg(database));
  lua_createtable(L, 0, 1);
  lua_createtable(L, 0, sqlite3_column_count(*slot));
  for (int i = 0; i < sqlite3_column_count(*slot); i++) {
    lua_pushinteger(L, i);
    lua_setfield(L, -2, sqlite3_column_name(*slot, i));
  }
  lua_pushcclosure(L, row_index, 1);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
  lua_pushcfunction(L, next_row);
  lua_insert(L, -2);
  return 2;
}

static void rows (const char *path, const char *query, const char *formula) {
  sqlite3 *database;
  if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
    die(path, sqlite3_errmsg(database));
  double samples[REPEATS];
  for (int n = 0; n < REPEATS; n++) {
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    lua_pushlightuserdata(L, database);
    lua_pushstring(L, query);
    lua_pushcclosure(L, each_row, 2);
    lua_setglobal(L, "each");
    double start = now();
    run(L, formula);
    samples[n] = now() - start;
    lua_getglobal(L, "rows");
    samples[n] /= (double)lua_tointeger(L, -1);
    lua_close(L);
  }
  printf("row %.1f\n", median(samples));
  sqlite3_close(database);
}

int main (int argc, char **argv) {
  if (argc == 2 && strcmp(argv[1], "crossings") == 0) crossings();
  else if (argc == 2 && strcmp(argv[1], "open") == 0) opening();
  else if (argc == 5 && strcmp(argv[1], "rows") == 0) rows(argv[2], argv[3], argv[4]);
  else die("usage", "host crossings | open | rows DATABASE QUERY FORMULA");
  return 0;
}

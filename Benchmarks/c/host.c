/*
** The yardstick: a plain C host on the same liblua and SQLite, without limits,
** scopes or checks of whose rows they are. Each measurement prints one line per
** sample, "name nanoseconds" per operation, and last "name.peak KiB", the most
** memory the process held. `Benchmarks/run` sets them beside ours.
**
**   host crossings                    host functions called from Lua
**   host open [FUNCTIONS]             a state with the same libraries and so many
**                                     host functions, a small formula, close
**   host library FILE…                what a script does by itself, as those files say
**   host rows NAME DATABASE QUERY FORMULA
**                                     a formula over every row of a query
**   host time NAME COMMAND…           a whole program: by the clock on the wall,
**                                     and as NAME.worked its processor time
**   host versions                     of Lua and SQLite
*/
#define _GNU_SOURCE
#include <fcntl.h>
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A process warms up by doing everything once, then gives one sample: the script starts
   ours and C in turn, so that a machine's moods, which last longer, hit both. */
enum { WARM_UP = 0, SAMPLE = 1 };

/* Processor time of this thread: what else the machine does is not counted. */
static double now (clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static double worked (void) { return now(CLOCK_THREAD_CPUTIME_ID); }

static void report_peak (const char *name, int who) {
  struct rusage usage;
  getrusage(who, &usage);
  printf("%s.peak %ld\n", name, usage.ru_maxrss);
}

static void die (const char *what, const char *why) {
  fprintf(stderr, "%s: %s\n", what, why);
  exit(1);
}

static lua_Integer run (lua_State *L, const char *source) {
  if (luaL_loadstring(L, source) != LUA_OK || lua_pcall(L, 0, 1, 0) != LUA_OK)
    die("lua", lua_tostring(L, -1));
  lua_Integer result = lua_tointeger(L, -1);
  lua_pop(L, 1);
  return result;
}

static void open_libraries (lua_State *L) {
  static const luaL_Reg libraries[] = {
    {LUA_GNAME, luaopen_base}, {LUA_STRLIBNAME, luaopen_string}, {LUA_TABLIBNAME, luaopen_table},
    {LUA_MATHLIBNAME, luaopen_math}, {LUA_UTF8LIBNAME, luaopen_utf8},
    {LUA_COLIBNAME, luaopen_coroutine}, {NULL, NULL}};
  for (const luaL_Reg *library = libraries; library->func; library++) {
    luaL_requiref(L, library->name, library->func, 1);
    lua_pop(L, 1);
  }
}

/* {======== Crossings ======== */

static int add (lua_State *L) {
  lua_pushinteger(L, luaL_checkinteger(L, 1) + luaL_checkinteger(L, 2));
  return 1;
}

/* The length in bytes. Ours checks that they are UTF-8 and copies them. */
static int measure (lua_State *L) {
  size_t length;
  luaL_checklstring(L, 1, &length);
  lua_pushinteger(L, (lua_Integer)length);
  return 1;
}

static void crossings (void) {
  static const struct { const char *name, *source; } cases[] = {
    {"two_integers", "local add = host.add for i = 1, 3000000 do add(i, 2) end"},
    {"chinese_string",
     "local measure = host.measure for i = 1, 3000000 do measure('公共设施损坏') end"},
    {"new_string",
     "local measure, texts = host.measure, {}"
     " for i = 1, 2000 do texts[i] = '公共设施损坏' .. i end"
     " for _ = 1, 1500 do for i = 1, 2000 do measure(texts[i]) end end"},
  };
  lua_State *L = luaL_newstate();
  open_libraries(L);
  static const luaL_Reg functions[] = {{"add", add}, {"measure", measure}, {NULL, NULL}};
  luaL_newlib(L, functions);
  lua_setglobal(L, "host");
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    for (int n = WARM_UP; n <= SAMPLE; n++) {
      double start = worked();
      run(L, cases[i].source);
      if (n == SAMPLE) printf("%s %.2f\n", cases[i].name, (worked() - start) / 3e6);
    }
  }
  lua_close(L);
  report_peak("crossings", RUSAGE_SELF);
}

/* }======== Opening {======== */

/* A module of modules, as a host of that size has: some twenty in each. */
static void register_functions (lua_State *L, int count) {
  char name[32];
  lua_newtable(L);
  for (int i = 0; i < count; i++) {
    if (i % 20 == 0) lua_newtable(L);
    snprintf(name, sizeof name, "function_%d", i);
    lua_pushcfunction(L, add);
    lua_setfield(L, -2, name);
    if (i % 20 == 19 || i + 1 == count) {
      snprintf(name, sizeof name, "module_%d", i / 20);
      lua_setfield(L, -2, name);
    }
  }
  lua_setglobal(L, "host");
}

static void opening (int functions) {
  enum { STATES = 1000 };
  const char *name = functions ? "open_api" : "open";
  for (int n = WARM_UP; n <= SAMPLE; n++) {
    double start = worked();
    for (int i = 0; i < STATES; i++) {
      lua_State *L = luaL_newstate();
      open_libraries(L);
      if (functions) register_functions(L, functions);
      run(L, "local function score(n, d) return 100 * n // d end return score(58, 64)");
      lua_close(L);
    }
    if (n == SAMPLE) printf("%s %.0f\n", name, (worked() - start) / STATES);
  }
  report_peak(name, RUSAGE_SELF);
}

/* }======== What scripts do by themselves {======== */

/* The whole text of a file; its first line says '-- operations: N'. */
static char *source_of (const char *path, double *operations) {
  FILE *file = fopen(path, "r");
  if (file == NULL) die(path, "cannot be read");
  char *text = calloc(1, 65536);
  if (fread(text, 1, 65535, file) == 0 || sscanf(text, "-- operations: %lf", operations) != 1)
    die(path, "does not say its operations");
  fclose(file);
  return text;
}

static void library (const char *path) {
  const char *base = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
  int length = (int)strcspn(base, ".");
  double operations;
  char *source = source_of(path, &operations);
  lua_State *L = luaL_newstate();
  open_libraries(L);
  for (int n = WARM_UP; n <= SAMPLE; n++) {
    double start = worked();
    run(L, source);
    if (n == SAMPLE)
      printf("library_%.*s %.3f\n", length, base, (worked() - start) / operations);
  }
  lua_close(L);
  free(source);
}

/* }======== Rows {======== */

static int row_index (lua_State *L) {
  sqlite3_stmt *statement = *(sqlite3_stmt **)lua_touserdata(L, 1);
  if (statement == NULL) return luaL_error(L, "the rows are over");
  lua_pushvalue(L, 2);
  lua_rawget(L, lua_upvalueindex(1)); /* column by name */
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

static int finish_rows (lua_State *L) {
  sqlite3_stmt **slot = lua_touserdata(L, 1);
  sqlite3_finalize(*slot);
  *slot = NULL;
  return 0;
}

/* One object is every row: cheap, and a row kept for later reads the wrong one. */
static int next_row (lua_State *L) {
  sqlite3_stmt **slot = lua_touserdata(L, 1);
  switch (*slot ? sqlite3_step(*slot) : SQLITE_DONE) {
    case SQLITE_ROW: lua_settop(L, 1); return 1;
    case SQLITE_DONE: return finish_rows(L);
    default: return luaL_error(L, "%s", sqlite3_errmsg(sqlite3_db_handle(*slot)));
  }
}

static int each_row (lua_State *L) {
  sqlite3 *database = lua_touserdata(L, lua_upvalueindex(1));
  const char *query = lua_tostring(L, lua_upvalueindex(2));
  sqlite3_stmt **slot = lua_newuserdatauv(L, sizeof *slot, 0);
  if (sqlite3_prepare_v2(database, query, -1, slot, NULL) != SQLITE_OK)
    return luaL_error(L, "%s", sqlite3_errmsg(database));
  lua_createtable(L, 0, 2);
  lua_createtable(L, 0, sqlite3_column_count(*slot));
  for (int i = 0; i < sqlite3_column_count(*slot); i++) {
    lua_pushinteger(L, i);
    lua_setfield(L, -2, sqlite3_column_name(*slot, i));
  }
  lua_pushcclosure(L, row_index, 1);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, finish_rows);
  lua_setfield(L, -2, "__gc");
  lua_setmetatable(L, -2);
  lua_pushcfunction(L, next_row);
  lua_insert(L, -2);
  return 2;
}

static void rows (const char *name, const char *path, const char *query, const char *formula) {
  sqlite3 *database;
  if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
    die(path, sqlite3_errmsg(database));
  for (int n = WARM_UP; n <= SAMPLE; n++) {
    lua_State *L = luaL_newstate();
    open_libraries(L);
    lua_newtable(L);
    lua_pushlightuserdata(L, database);
    lua_pushstring(L, query);
    lua_pushcclosure(L, each_row, 2);
    lua_setfield(L, -2, "each");
    lua_setglobal(L, "host");
    double start = worked();
    lua_Integer checksum = run(L, formula);
    double spent = worked() - start;
    lua_getglobal(L, "count");
    if (n == SAMPLE) printf("%s %.1f\n", name, spent / (double)lua_tointeger(L, -1));
    printf("%s.checksum %lld\n", name, (long long)checksum);
    lua_close(L);
  }
  sqlite3_close(database);
  report_peak(name, RUSAGE_SELF);
}

/* }======== A whole program {======== */

static void whole (const char *name, char **command) {
  double start = now(CLOCK_MONOTONIC);
  pid_t child = fork();
  if (child < 0) die(command[0], "cannot be started");
  if (child == 0) {
    dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
    execvp(command[0], command);
    die(command[0], "cannot be started");
  }
  int status;
  waitpid(child, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) die(command[0], "did not succeed");
  printf("%s %.0f\n", name, now(CLOCK_MONOTONIC) - start);
  struct rusage usage;
  getrusage(RUSAGE_CHILDREN, &usage);
  printf("%s.worked %.0f\n", name,
         (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e9
           + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e3);
  report_peak(name, RUSAGE_CHILDREN);
}

/* } */

/* Where blocks happen to lie changes a loop's time by several in the hundred: each pair lies
   elsewhere. The program's end frees it. */
static void shift_blocks (void) {
  static void *volatile block; /* so that it is not optimised away */
  const char *pair = getenv("PAIR");
  block = malloc((size_t)(pair ? atoi(pair) : 0) * 208 + 1);
  (void)block;
}

int main (int argc, char **argv) {
  shift_blocks();
  const char *what = argc > 1 ? argv[1] : "";
  if (strcmp(what, "crossings") == 0) crossings();
  else if (strcmp(what, "open") == 0) opening(argc > 2 ? atoi(argv[2]) : 0);
  else if (strcmp(what, "library") == 0 && argc > 2) {
    for (int i = 2; i < argc; i++) library(argv[i]);
    report_peak("library", RUSAGE_SELF);
  } else if (strcmp(what, "rows") == 0 && argc == 6) rows(argv[2], argv[3], argv[4], argv[5]);
  else if (strcmp(what, "time") == 0 && argc > 3) whole(argv[2], argv + 3);
  else if (strcmp(what, "versions") == 0) printf("%s, SQLite %s\n", LUA_RELEASE, sqlite3_libversion());
  else die("usage", "host crossings | open [N] | library FILE… | rows NAME DB QUERY FORMULA | time NAME COMMAND…");
  return 0;
}

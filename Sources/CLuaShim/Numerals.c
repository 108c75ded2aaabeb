/*
** Long texts where a number is expected, or in a format. Lua reads a text of a
** megabyte in some milliseconds, and functions of many arguments do so for each
** without a look at the budgets: here such arguments become numbers one by one.
*/
#include "Internal.h"

/* The longest numeral; a longer text is none. */
#define MAX_NUMERAL (1024 * 1024)

/* Up to this length nothing is worth a look. */
#define SHORT_NUMERAL 256

static bool is_long (lua_State *L, int index, size_t length) {
  return lua_type(L, index) == LUA_TSTRING && lua_rawlen(L, index) > length;
}

/* Replace a long numeral by its number; what is none stays for whoever refuses it. */
void numerals_settle (lua_State *L, int index) {
  if (!is_long(L, index, SHORT_NUMERAL)) return;
  size_t length = lua_rawlen(L, index);
  if (length > MAX_NUMERAL)
    luaL_error(L, "a number is written in more than %d KiB", MAX_NUMERAL / 1024);
  shim_steps(L, (int64_t)length / 8);
  size_t read = lua_stringtonumber(L, lua_tostring(L, index)); /* pushes unless 0 */
  if (read == length + 1) lua_replace(L, index);
  else if (read) lua_pop(L, 1);
}

/* '%.3s' of a long text: stock format measures all of it each time. Cut it, unless it
   has zeros, which stock format refuses. */
void numerals_cut (lua_State *L, int index) {
  if (!is_long(L, index, SHORT_NUMERAL)) return;
  size_t length;
  const char *text = lua_tolstring(L, index, &length);
  shim_steps(L, (int64_t)length / 64);
  if (memchr(text, 0, length)) return;
  lua_pushlstring(L, text, SHORT_NUMERAL);
  lua_replace(L, index);
}

/* Call the stock function in upvalue 1 with the arguments as numbers. */
static int with_numbers (lua_State *L) {
  int count = lua_gettop(L);
  for (int i = 1; i <= count; i++) numerals_settle(L, i);
  return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static int base_tonumber (lua_State *L) {
  if (is_long(L, 1, MAX_NUMERAL)) {
    luaL_pushfail(L);
    return 1;
  }
  return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static void guard (lua_State *L, lua_CFunction with, const char *const *names) {
  for (; *names; names++) {
    lua_getfield(L, -1, *names);
    lua_pushcclosure(L, with, 1);
    lua_setfield(L, -2, *names);
  }
  lua_pop(L, 1);
}

void numerals_open (lua_State *L) {
  static const char *const extremes[] = {"max", "min", NULL};
  static const char *const characters[] = {"char", NULL};
  static const char *const base[] = {"tonumber", NULL};
  static const char *const arithmetic[] = {
    "__add", "__sub", "__mul", "__mod", "__pow", "__div", "__idiv", "__unm", NULL
  };
  lua_getglobal(L, LUA_MATHLIBNAME);
  guard(L, with_numbers, extremes);
  lua_getglobal(L, LUA_STRLIBNAME);
  guard(L, with_numbers, characters);
  lua_getglobal(L, LUA_UTF8LIBNAME);
  guard(L, with_numbers, characters);
  lua_pushglobaltable(L);
  guard(L, base_tonumber, base);
  lua_pushliteral(L, "");
  lua_getmetatable(L, -1);
  guard(L, with_numbers, arithmetic);
  lua_pop(L, 1);
}

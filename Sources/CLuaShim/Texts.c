/*
** Functions on long texts. Short ones go to the stock functions; for long ones the
** work is done in pieces, with a look at the budgets between them.
*/
#include <ctype.h>
#include <stdlib.h>

#include "Internal.h"

/* Up to this length stock functions take less than a millisecond or two. */
#define SHORT_TEXT (256 * 1024)
#define PIECE (64 * 1024)

/* What 'c' in a format of string.pack may fill up, in all. */
#define MAX_FILLED (16 * 1024 * 1024)

/* Call the stock function in upvalue 1 with the arguments as they are. */
static int stock (lua_State *L) {
  return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static bool is_short (lua_State *L, int index) {
  return lua_type(L, index) != LUA_TSTRING || lua_rawlen(L, index) <= SHORT_TEXT;
}

/* {======== string ======== */

enum { UPPER, LOWER, REVERSE };

static void convert (char *to, const char *text, size_t from, size_t end, size_t length, int how) {
  for (size_t i = from; i < end; i++) {
    if (how == UPPER) to[i] = (char)toupper((unsigned char)text[i]);
    else if (how == LOWER) to[i] = (char)tolower((unsigned char)text[i]);
    else to[i] = text[length - 1 - i];
  }
}

static int map_text (lua_State *L, int how) {
  if (is_short(L, 1)) return stock(L);
  luaL_Buffer buffer;
  size_t length;
  const char *text = lua_tolstring(L, 1, &length);
  shim_need(L, length);
  char *to = luaL_buffinitsize(L, &buffer, length);
  for (size_t from = 0; from < length; from += PIECE) {
    size_t end = length - from < PIECE ? length : from + PIECE;
    convert(to, text, from, end, length, how);
    shim_steps(L, PIECE / 4);
  }
  luaL_pushresultsize(&buffer, length);
  return 1;
}

static int string_upper (lua_State *L) { return map_text(L, UPPER); }
static int string_lower (lua_State *L) { return map_text(L, LOWER); }
static int string_reverse (lua_State *L) { return map_text(L, REVERSE); }

/* What the numbers after 'c' in a format come to. */
static size_t filled (const char *format) {
  size_t total = 0;
  while (*format) {
    if (*format++ != 'c') continue;
    size_t number = 0;
    while (*format >= '0' && *format <= '9' && number <= MAX_FILLED)
      number = number * 10 + (size_t)(*format++ - '0');
    total += number;
    if (total > MAX_FILLED) break;
  }
  return total;
}

static const char *check_format (lua_State *L) {
  size_t length;
  const char *format = luaL_checklstring(L, 1, &length);
  if (length > MAX_FORMAT) luaL_error(L, "format is longer than %d KiB", MAX_FORMAT / 1024);
  return format;
}

static int string_pack (lua_State *L) {
  const char *format = check_format(L);
  size_t total = filled(format);
  if (total > MAX_FILLED)
    luaL_error(L, "format fills more than %d MiB", MAX_FILLED / 1024 / 1024);
  int count = lua_gettop(L);
  for (int i = 2; i <= count; i++)
    if (lua_type(L, i) == LUA_TSTRING) total += lua_rawlen(L, i);
  if (total > SHORT_TEXT) shim_need(L, total);
  return stock(L);
}

static int string_unpack (lua_State *L) {
  check_format(L);
  return stock(L);
}

static int string_rep (lua_State *L) {
  size_t length, between;
  const char *text = luaL_checklstring(L, 1, &length);
  lua_Integer count = luaL_checkinteger(L, 2);
  const char *separator = luaL_optlstring(L, 3, "", &between);
  if (count <= 0 || length + between == 0) {
    lua_pushliteral(L, "");
    return 1;
  }
  if (length + between < length || (lua_Unsigned)(length + between) > (lua_Unsigned)0x7fffffff / (lua_Unsigned)count)
    return luaL_error(L, "resulting string too large");
  size_t total = (size_t)count * length + (size_t)(count - 1) * between;
  shim_need(L, total);
  shim_steps(L, (int64_t)(total / 64));
  luaL_Buffer buffer;
  char *to = luaL_buffinitsize(L, &buffer, total);
  size_t unit = length + between, done = 0;
  memcpy(to, text, length);
  if (count > 1) {
    memcpy(to + length, separator, between);
    for (done = unit; done < total; done *= 2) /* double what is there */
      memcpy(to + done, to, done < total - done ? done : total - done);
  }
  luaL_pushresultsize(&buffer, total);
  return 1;
}

/* }======== utf8 {======== */

static bool continues (const char *byte) {
  return (*byte & 0xC0) == 0x80;
}

static lua_Integer absolute (lua_Integer position, size_t length) {
  if (position >= 0) return position;
  return 0u - (size_t)position > length ? 0 : (lua_Integer)length + position + 1;
}

/* Pieces end where a character ends: before a byte that continues none. A run of
   more than eight that do is no text, and the piece shows it. */
static size_t piece_end (const char *text, size_t from, size_t last) {
  if (last - from < PIECE) return last;
  size_t end = from + PIECE;
  for (int i = 0; i < 8 && end < last && continues(text + end); i++) end++;
  return end;
}

/* utf8.len; positions from 1. Each piece is a call of the stock function. */
static int utf8_len (lua_State *L) {
  if (is_short(L, 1)) return stock(L);
  size_t length;
  const char *text = lua_tolstring(L, 1, &length);
  lua_Integer from = absolute(luaL_optinteger(L, 2, 1), length);
  lua_Integer last = absolute(luaL_optinteger(L, 3, -1), length);
  luaL_argcheck(L, 1 <= from && from - 1 <= (lua_Integer)length, 2, "initial position out of bounds");
  luaL_argcheck(L, last - 1 < (lua_Integer)length, 3, "final position out of bounds");
  int lax = lua_toboolean(L, 4);
  lua_Integer total = 0;
  while (from <= last) {
    lua_Integer end = (lua_Integer)piece_end(text, (size_t)from, (size_t)last);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushvalue(L, 1);
    lua_pushinteger(L, from);
    lua_pushinteger(L, end);
    lua_pushboolean(L, lax);
    lua_call(L, 4, 2);
    if (lua_isnil(L, -2)) return 2;
    total += lua_tointeger(L, -2);
    lua_pop(L, 2);
    from = end + 1;
    shim_steps(L, PIECE / 4);
  }
  lua_pushinteger(L, total);
  return 1;
}

static size_t size_of_character (unsigned char first) {
  return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF8 ? 4
    : first < 0xFC ? 5 : 6;
}

/* Upvalue: the stock iterator. 5.4.4 skips bytes that continue no character. */
static int next_code (lua_State *L) {
  size_t length;
  const char *text = luaL_checklstring(L, 1, &length);
  int results = lua_tocfunction(L, lua_upvalueindex(1))(L);
  if (results < 2) return results;
  size_t start = (size_t)lua_tointeger(L, -2) - 1;
  size_t end = start + size_of_character((unsigned char)text[start]);
  if (end < length && continues(text + end)) return luaL_error(L, "invalid UTF-8 code");
  return results;
}

static int utf8_codes (lua_State *L) {
  size_t length;
  const char *text = luaL_checklstring(L, 1, &length);
  luaL_argcheck(L, length == 0 || !continues(text), 1, "invalid UTF-8 code");
  int results = stock(L);
  lua_pushvalue(L, -results);
  lua_pushcclosure(L, next_code, 1);
  lua_replace(L, -results - 1);
  return results;
}

typedef struct Walk {
  lua_State *L;
  const char *text;
  lua_Integer at, length, work;
} Walk;

static void step_by (Walk *w, int direction) {
  w->at += direction;
  if ((++w->work & (PIECE - 1)) == 0) shim_steps(w->L, PIECE / 4);
}

/* utf8.offset: the byte where the n-th character from 'at' begins. */
static int utf8_offset (lua_State *L) {
  if (is_short(L, 1)) return stock(L);
  size_t length;
  Walk w = {.L = L, .text = lua_tolstring(L, 1, &length)};
  lua_Integer n = luaL_checkinteger(L, 2);
  w.length = (lua_Integer)length;
  w.at = absolute(luaL_optinteger(L, 3, n > 0 ? 1 : w.length + 1), length) - 1;
  luaL_argcheck(L, 0 <= w.at && w.at <= w.length, 3, "position out of bounds");
  if (n == 0) {
    while (w.at > 0 && continues(w.text + w.at)) step_by(&w, -1);
    lua_pushinteger(L, w.at + 1);
    return 1;
  }
  if (continues(w.text + w.at)) return luaL_error(L, "initial position is a continuation byte");
  for (; n < 0 && w.at > 0; n++) {
    do step_by(&w, -1); while (w.at > 0 && continues(w.text + w.at));
  }
  if (n > 0) n--;
  else if (n < 0) n = -1; /* ran out of text */
  for (; n > 0 && w.at < w.length; n--) {
    do step_by(&w, 1); while (continues(w.text + w.at));
  }
  if (n == 0) lua_pushinteger(L, w.at + 1);
  else luaL_pushfail(L);
  return 1;
}

/* } */

static void guard (lua_State *L, const char *library, const luaL_Reg *functions) {
  lua_getglobal(L, library);
  for (; functions->name; functions++) {
    lua_getfield(L, -1, functions->name);
    lua_pushcclosure(L, functions->func, 1);
    lua_setfield(L, -2, functions->name);
  }
  lua_pop(L, 1);
}

void texts_open (lua_State *L) {
  static const luaL_Reg strings[] = {
    {"rep", string_rep}, {"upper", string_upper}, {"lower", string_lower}, {"reverse", string_reverse},
    {"pack", string_pack}, {"unpack", string_unpack}, {"packsize", string_unpack}, {NULL, NULL}
  };
  static const luaL_Reg characters[] = {
    {"len", utf8_len}, {"offset", utf8_offset}, {"codes", utf8_codes}, {NULL, NULL}
  };
  guard(L, LUA_STRLIBNAME, strings);
  guard(L, LUA_UTF8LIBNAME, characters);
  lua_getglobal(L, LUA_STRLIBNAME);
  lua_pushnil(L);
  lua_setfield(L, -2, "dump");
  lua_pushliteral(L, "");
  lua_getmetatable(L, -1); /* of every text, so that none can change it */
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 3);
}

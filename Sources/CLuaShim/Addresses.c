/*
** Numbers instead of addresses, which differ from run to run in stock Lua: tostring and
** string.format.
*/
#include <stdio.h>

#include "Internal.h"

/* {======== Numbers instead of addresses ======== */

/* A number for an object, in the order in which they were asked for. */
static lua_Integer number_of (lua_State *L, int index) {
  Shim *s = self(L);
  index = lua_absindex(L, index);
  lua_rawgeti(L, LUA_REGISTRYINDEX, s->ref_ids);
  lua_pushvalue(L, index);
  lua_rawget(L, -2);
  lua_Integer number = lua_tointeger(L, -1);
  lua_pop(L, 1);
  if (number == 0) {
    number = ++s->id_count;
    lua_pushvalue(L, index);
    lua_pushinteger(L, number);
    lua_rawset(L, -3);
  }
  lua_pop(L, 1);
  return number;
}

static bool is_plain (int type) {
  return type == LUA_TNIL || type == LUA_TBOOLEAN || type == LUA_TNUMBER || type == LUA_TSTRING;
}

const char *addresses_tostring (lua_State *L, int index, size_t *length) {
  index = lua_absindex(L, index);
  int type = lua_type(L, index);
  if (is_plain(type) || luaL_getmetafield(L, index, "__tostring") != LUA_TNIL) {
    if (!is_plain(type)) lua_pop(L, 1);
    return luaL_tolstring(L, index, length);
  }
  const char *kind = lua_typename(L, type);
  int named = luaL_getmetafield(L, index, "__name");
  if (named == LUA_TSTRING) kind = lua_tostring(L, -1);
  char number[24];
  snprintf(number, sizeof number, "0x%08llx", (unsigned long long)number_of(L, index));
  lua_pushfstring(L, "%s: %s", kind, number);
  if (named != LUA_TNIL) lua_remove(L, -2);
  return lua_tolstring(L, -1, length);
}

/* }======== string.format without addresses {======== */

/* Stock format runs to its end unasked: at most some 20 ms with these. */
#define MAX_CONVERSIONS 5000
#define MAX_QUOTED (256 * 1024)

/* Whether the 'p' at 'end' makes a conversion that stock format knows: '-' and a width at
   most. It refuses the others itself, before it shows anything. */
static bool is_pointer (const char *format, size_t end) {
  size_t digits = 0, i = end;
  while (i > 0 && format[i - 1] >= '0' && format[i - 1] <= '9') i--, digits++;
  if (digits > 2 || (digits > 0 && format[i] == '0')) return false;
  while (i > 0 && format[i - 1] == '-') i--;
  return i > 0 && format[i - 1] == '%';
}

/* Upvalue: stock format. Arguments for %s and %p that would show an address
   are put as texts first, and %p becomes %s. */
static int addresses_format (lua_State *L) {
  size_t length, quoted = 0;
  const char *format = luaL_checklstring(L, 1, &length);
  int count = lua_gettop(L), argument = 1;
  luaL_Buffer rewritten;
  bool changed = false;
  luaL_checkstack(L, 20, "too many arguments");
  if (length > MAX_FORMAT) luaL_error(L, "format is longer than %d KiB", MAX_FORMAT / 1024);
  char *copy = NULL;
  for (size_t i = 0; i < length; i++) {
    if (format[i] != '%') continue;
    if (format[++i] == '%') continue;
    bool cut = false;
    for (; i < length && strchr("-+ #0123456789.", format[i]) && format[i]; i++)
      cut = cut || format[i] == '.';
    if (++argument > count) break;
    if (argument > MAX_CONVERSIONS)
      luaL_error(L, "format has more than %d conversions", MAX_CONVERSIONS);
    int type = lua_type(L, argument);
    if (type == LUA_TSTRING) {
      if (format[i] == 'q') quoted += lua_rawlen(L, argument);
      else if (format[i] != 's') numerals_settle(L, argument);
      else if (cut) numerals_cut(L, argument);
      if (quoted > MAX_QUOTED)
        luaL_error(L, "texts for '%%q' are longer than %d KiB", MAX_QUOTED / 1024);
    }
    bool pointer = format[i] == 'p' && is_pointer(format, i);
    if (pointer) {
      if (!changed) {
        copy = lua_newuserdatauv(L, length + 8, 0);
        *(uint32_t *)(void *)copy = TAG_SCRATCH;
        copy += 4;
        memcpy(copy, format, length);
        changed = true;
      }
      copy[i] = 's';
    }
    if (pointer && (type == LUA_TNIL || type == LUA_TBOOLEAN || type == LUA_TNUMBER)) {
      lua_pushliteral(L, "(null)");
      lua_replace(L, argument);
    } else if (pointer) {
      char number[24];
      snprintf(number, sizeof number, "0x%08llx", (unsigned long long)number_of(L, argument));
      lua_pushstring(L, number);
      lua_replace(L, argument);
    } else if (format[i] == 's' && !is_plain(type)) {
      addresses_tostring(L, argument, NULL);
      lua_replace(L, argument);
    }
  }
  if (changed) {
    luaL_buffinit(L, &rewritten);
    luaL_addlstring(&rewritten, copy, length);
    luaL_pushresult(&rewritten);
    lua_replace(L, 1);
  }
  lua_settop(L, count);
  return lua_tocfunction(L, lua_upvalueindex(1))(L); /* in this frame: its errors name it */
}

/* }======== Opening {======== */

void addresses_open (lua_State *L) {
  self(L)->ref_ids = shim_weak_table(L);
  lua_getglobal(L, LUA_STRLIBNAME);
  lua_getfield(L, -1, "format");
  lua_pushcclosure(L, addresses_format, 1);
  lua_setfield(L, -2, "format");
  lua_pop(L, 1);
}

/* } */

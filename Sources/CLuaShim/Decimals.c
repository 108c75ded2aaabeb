/*
** Exact decimals: 64-bit units and at most nine places. Sums, differences and
** products are exact or an error; quotients are the host's business.
*/
#include <stdio.h>

#include "Internal.h"

#define MAX_PLACES 9

static const int64_t powers[] = {
  1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000
};

void decimals_push (lua_State *L, int64_t units, int places) {
  Decimal *decimal = lua_newuserdatauv(L, sizeof *decimal, 0);
  decimal->tag = TAG_DECIMAL;
  decimal->places = places;
  decimal->units = units;
  lua_rawgeti(L, LUA_REGISTRYINDEX, self(L)->ref_decimal);
  lua_setmetatable(L, -2);
}

/* Two equal decimals are two keys of a table, and neither finds the other's value: as soon as
   anybody goes through such a table, or takes it out of the script, it is refused. */
bool decimals_is (lua_State *L, int index) {
  return lua_type(L, index) == LUA_TUSERDATA
    && *(uint32_t *)lua_touserdata(L, index) == TAG_DECIMAL;
}

void decimals_refuse_key (lua_State *L, int index) {
  if (!decimals_is(L, index)) return;
  luaL_error(
    L, SAY(L, "十进制数不能做表的键：相等的两个数是两个键，谁也找不到谁的值；请用 tostring(数)",
           "a decimal cannot be a key: equal ones are different keys; use tostring(number)"));
}

/* A decimal, or an integer as one without places. */
static bool read (lua_State *L, int index, Decimal *decimal) {
  if (lua_isinteger(L, index)) {
    decimal->units = lua_tointeger(L, index);
    decimal->places = 0;
    return true;
  }
  if (lua_type(L, index) != LUA_TUSERDATA) return false;
  Decimal *held = lua_touserdata(L, index);
  if (held->tag != TAG_DECIMAL) return false;
  *decimal = *held;
  return true;
}

static void need (lua_State *L, int index, Decimal *decimal) {
  if (read(L, index, decimal)) return;
  if (lua_type(L, index) == LUA_TNUMBER)
    luaL_error(
      L, SAY(L, "十进制数不能和不精确的小数 %f 一起计算或比较，请用整数或十进制数",
             "a decimal and the inexact number %f do not mix; use an integer or a decimal"),
      lua_tonumber(L, index));
  luaL_error(
    L, SAY(L, "十进制数只能和整数、十进制数一起计算或比较，这里是 %s",
           "a decimal goes with integers and decimals only, got %s"), luaL_typename(L, index));
}

static int overflow (lua_State *L) {
  return luaL_error(
    L, SAY(L, "十进制数放不下：结果太大", "decimal overflow: the result does not fit"));
}

/* What has no number gives none to a calculation it enters: an object on the right that
   knows the operation does it. */
static bool defers (lua_State *L, const char *event) {
  if (lua_type(L, 2) != LUA_TUSERDATA || *(uint32_t *)lua_touserdata(L, 2) != TAG_OBJECT)
    return false;
  if (luaL_getmetafield(L, 2, event) == LUA_TNIL) return false;
  lua_pushvalue(L, 1);
  lua_pushvalue(L, 2);
  lua_call(L, 2, 1);
  return true;
}

/* '/' and its like: how the quotient is rounded must be said. */
static int decimal_div (lua_State *L) {
  if (defers(L, "__div")) return 1;
  return luaL_error(
    L, SAY(L, "十进制数不能用 /、//、%% 或 ^：要写明保留几位小数",
           "a decimal has no /, //, %% or ^: say to how many places"));
}

/* Bring both to the same number of places. */
static void align (lua_State *L, Decimal *a, Decimal *b) {
  need(L, 1, a);
  need(L, 2, b);
  Decimal *fewer = a->places < b->places ? a : b;
  int places = a->places < b->places ? b->places : a->places;
  if (__builtin_mul_overflow(fewer->units, powers[places - fewer->places], &fewer->units))
    overflow(L);
  a->places = b->places = places;
}

/* Order without scaling up to an overflow. */
static int compare (lua_State *L) {
  Decimal a, b;
  need(L, 1, &a);
  need(L, 2, &b);
  __int128 left = (__int128)a.units * powers[MAX_PLACES - a.places];
  __int128 right = (__int128)b.units * powers[MAX_PLACES - b.places];
  return left < right ? -1 : left > right;
}

static int decimal_add (lua_State *L) {
  Decimal a, b;
  if (defers(L, "__add")) return 1;
  align(L, &a, &b);
  if (__builtin_add_overflow(a.units, b.units, &a.units)) return overflow(L);
  return decimals_push(L, a.units, a.places), 1;
}

static int decimal_sub (lua_State *L) {
  Decimal a, b;
  if (defers(L, "__sub")) return 1;
  align(L, &a, &b);
  if (__builtin_sub_overflow(a.units, b.units, &a.units)) return overflow(L);
  return decimals_push(L, a.units, a.places), 1;
}

static int decimal_mul (lua_State *L) {
  Decimal a, b;
  if (defers(L, "__mul")) return 1;
  need(L, 1, &a);
  need(L, 2, &b);
  __int128 product = (__int128)a.units * b.units;
  int places = a.places + b.places;
  while (places > MAX_PLACES && product % 10 == 0) product /= 10, places--;
  if (places > MAX_PLACES)
    return luaL_error(
      L, SAY(L, "乘积要 %d 位以上的小数：请先舍入", "the product needs more than %d decimal places; round first"),
      MAX_PLACES);
  if (product > INT64_MAX || product < INT64_MIN) return overflow(L);
  return decimals_push(L, (int64_t)product, places), 1;
}

static int decimal_unm (lua_State *L) {
  Decimal a;
  need(L, 1, &a);
  if (__builtin_sub_overflow((int64_t)0, a.units, &a.units)) return overflow(L);
  return decimals_push(L, a.units, a.places), 1;
}

static int decimal_eq (lua_State *L) {
  Decimal a, b;
  return lua_pushboolean(L, read(L, 1, &a) && read(L, 2, &b) && compare(L) == 0), 1;
}

static int decimal_lt (lua_State *L) {
  return lua_pushboolean(L, compare(L) < 0), 1;
}

static int decimal_le (lua_State *L) {
  return lua_pushboolean(L, compare(L) <= 0), 1;
}

size_t decimals_text (int64_t units, int places, char *text) {
  uint64_t size = units < 0 ? 0 - (uint64_t)units : (uint64_t)units;
  const char *sign = units < 0 ? "-" : "";
  uint64_t power = (uint64_t)powers[places];
  int written = places == 0
    ? snprintf(text, 40, "%s%llu", sign, (unsigned long long)size)
    : snprintf(text, 40, "%s%llu.%0*llu", sign, (unsigned long long)(size / power), places,
               (unsigned long long)(size % power));
  return (size_t)written;
}

static int decimal_tostring (lua_State *L) {
  Decimal a;
  char text[48];
  need(L, 1, &a);
  lua_pushlstring(L, text, decimals_text(a.units, a.places, text));
  return 1;
}

static int decimal_concat (lua_State *L) {
  for (int i = 1; i <= 2; i++)
    if (lua_type(L, i) != LUA_TUSERDATA && !lua_isstring(L, i))
      return luaL_error(L, "attempt to concatenate a %s value", luaL_typename(L, i));
  addresses_tostring(L, 1, NULL);
  addresses_tostring(L, 2, NULL);
  lua_concat(L, 2);
  return 1;
}

static int decimal_places (lua_State *L) {
  Decimal a;
  need(L, 1, &a);
  return lua_pushinteger(L, a.places), 1;
}

void decimals_open (lua_State *L) {
  static const luaL_Reg metamethods[] = {
    {"__add", decimal_add}, {"__sub", decimal_sub}, {"__mul", decimal_mul},
    {"__div", decimal_div}, {"__idiv", decimal_div}, {"__mod", decimal_div}, {"__pow", decimal_div},
    {"__unm", decimal_unm}, {"__eq", decimal_eq}, {"__lt", decimal_lt}, {"__le", decimal_le},
    {"__tostring", decimal_tostring}, {"__concat", decimal_concat}, {NULL, NULL}
  };
  static const luaL_Reg methods[] = {
    {"eq", decimal_eq}, {"places", decimal_places}, {NULL, NULL}
  };
  lua_newtable(L);
  luaL_setfuncs(L, metamethods, 0);
  lua_newtable(L);
  luaL_setfuncs(L, methods, 0);
  lua_setfield(L, -2, "__index");
  lua_pushliteral(L, "decimal");
  lua_setfield(L, -2, "__name");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  self(L)->ref_decimal = luaL_ref(L, LUA_REGISTRYINDEX);
}

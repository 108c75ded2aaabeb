/*
** table.sort: numbers of one kind outside Lua, everything else as stock Lua does it.
*/
#include <limits.h>

#include "Internal.h"

/* {======== Numbers ======== */

/* Equal integers are the same, so any algorithm gives what stock Lua gives; so are equal
   floats, but for -0.0. NaN has no order. */

/* A float as an integer with the same place among its like, and back. */
static int64_t key_of (int64_t bits) {
  return bits ^ ((bits >> 63) & INT64_MAX);
}

/* The number on the top as a key; false when it is not of the kind. */
static bool read_key (lua_State *L, bool integers, int64_t *key) {
  if (lua_type(L, -1) != LUA_TNUMBER || lua_isinteger(L, -1) != integers) return false;
  if (integers) {
    *key = lua_tointegerx(L, -1, NULL);
    return true;
  }
  lua_Number number = lua_tonumberx(L, -1, NULL);
  memcpy(key, &number, sizeof *key);
  *key = key_of(*key);
  return number == number && *key != -1; /* -0.0 */
}

static void push_key (lua_State *L, bool integers, int64_t key) {
  if (integers) {
    lua_pushinteger(L, key);
    return;
  }
  lua_Number number;
  key = key_of(key);
  memcpy(&number, &key, sizeof number);
  lua_pushnumber(L, number);
}

static void sift (int64_t *keys, size_t root, size_t end) {
  int64_t key = keys[root];
  for (size_t child; (child = 2 * root + 1) < end; root = child) {
    if (child + 1 < end && keys[child] < keys[child + 1]) child++;
    if (keys[child] <= key) break;
    keys[root] = keys[child];
  }
  keys[root] = key;
}

/* By heap: in place, and no order of the numbers makes it slow. */
static void sort_keys (lua_State *L, int64_t *keys, size_t count) {
  for (size_t root = count / 2; root-- > 0;) {
    shim_tick(L, (lua_Integer)root);
    sift(keys, root, count);
  }
  for (size_t end = count; --end > 0;) {
    int64_t greatest = keys[0];
    shim_tick(L, (lua_Integer)end);
    keys[0] = keys[end];
    keys[end] = greatest;
    sift(keys, 0, end);
  }
}

/* Sort a plain table that holds only integers or only floats; false, and nothing is
   changed, when it holds anything else or memory has no room for the keys. */
static bool sort_numbers (lua_State *L, lua_Integer count) {
  size_t size = sizeof(int64_t) * ((size_t)count + 1);
  lua_rawgeti(L, 1, 1);
  bool integers = lua_isinteger(L, -1), ordered = true;
  if (lua_type(L, -1) != LUA_TNUMBER || !shim_fits(self(L), size)) return false;
  int64_t *keys = lua_newuserdatauv(L, size, 0);
  *(uint32_t *)(void *)keys++ = TAG_SCRATCH;
  for (lua_Integer i = 0; i < count; i++) {
    shim_tick(L, i + 1);
    lua_rawgeti(L, 1, i + 1);
    if (!read_key(L, integers, &keys[i])) return false;
    ordered = ordered && (i == 0 || keys[i - 1] <= keys[i]);
    lua_pop(L, 1);
  }
  if (ordered) return true;
  sort_keys(L, keys, (size_t)count);
  for (lua_Integer i = 0; i < count; i++) {
    shim_tick(L, i + 1);
    push_key(L, integers, keys[i]);
    lua_rawseti(L, 1, i + 1);
  }
  return true;
}

/* }======== Anything {======== */

/* The order of stock Lua, also among equal elements: quicksort by the median of
   three. What differs is that steps count, and that a bad pivot is followed by
   one from a fixed sequence instead of one from the clock. */

#define SMALL_RANGE 100

/* Comparing texts this long takes so much time that it is worth a look each time. */
#define LONG_TEXT 4096

/* What comparing the value at 'index' with any other may take, in steps, where that is much: as
   long as the shorter text of the two. */
static inline int64_t weight (lua_State *L, bool by, int index) {
  if (by || lua_rawlen(L, index) <= LONG_TEXT || lua_type(L, index) != LUA_TSTRING) return 0;
  return (int64_t)lua_rawlen(L, index) / 64;
}

/* Whether the value at a is less than the one at b, both counted from the top; with
   'by', as the function at 2 has it, whose answer stays on the top. */
static inline __attribute__((always_inline)) bool ask (
  lua_State *L, bool by, int a, int b, int64_t weight
) {
  if (weight > 0) shim_steps(L, weight);
  if (!by) return lua_compare(L, a, b, LUA_OPLT);
  lua_pushvalue(L, 2);
  lua_pushvalue(L, a - 1);
  lua_pushvalue(L, b - 2);
  lua_call(L, 2, 1);
  return lua_toboolean(L, -1);
}

static bool less (lua_State *L, bool by, int a, int b) {
  bool result = ask(L, by, a, b, weight(L, by, a));
  if (by) lua_pop(L, 1);
  return result;
}

/* The value on the top goes to i, the one below it to j. */
static void put_two (lua_State *L, lua_Integer i, lua_Integer j) {
  lua_seti(L, 1, i);
  lua_seti(L, 1, j);
}

/* With the pivot on the top, which also is at up - 1: smaller ones before it. Gives
   where it ends up. */
static lua_Integer partition (lua_State *L, bool by, lua_Integer lo, lua_Integer up) {
  lua_Integer i = lo, j = up - 1;
  int64_t of_pivot = weight(L, by, -1);
  for (;;) {
    while (shim_tick(L, ++i), lua_geti(L, 1, i), ask(L, by, -1, -2, of_pivot)) {
      if (i == up - 1) luaL_error(L, "invalid order function for sorting");
      lua_pop(L, by + 1);
    }
    if (by) lua_pop(L, 1);
    while (shim_tick(L, --j), lua_geti(L, 1, j), ask(L, by, -3, -1, of_pivot)) {
      if (j < i) luaL_error(L, "invalid order function for sorting");
      lua_pop(L, by + 1);
    }
    if (by) lua_pop(L, 1);
    if (j < i) break;
    put_two(L, i, j);
  }
  lua_pop(L, 1);
  put_two(L, up - 1, i);
  return i;
}

/* Order the first, the middle and the last; leave the middle as pivot on the
   top and at up - 1. Gives false when that was all. */
static bool prepare (lua_State *L, bool by, lua_Integer lo, lua_Integer up, lua_Unsigned random) {
  lua_geti(L, 1, lo);
  lua_geti(L, 1, up);
  if (less(L, by, -1, -2)) put_two(L, lo, up);
  else lua_pop(L, 2);
  if (up - lo == 1) return false;
  lua_Integer quarter = (up - lo) / 4;
  lua_Integer middle = up - lo < SMALL_RANGE || random == 0
    ? lo + (up - lo) / 2 : lo + quarter + (lua_Integer)(random % (lua_Unsigned)(quarter * 2));
  lua_geti(L, 1, middle);
  lua_geti(L, 1, lo);
  if (less(L, by, -2, -1)) {
    put_two(L, middle, lo);
  } else {
    lua_pop(L, 1);
    lua_geti(L, 1, up);
    if (less(L, by, -1, -2)) put_two(L, middle, up);
    else lua_pop(L, 2);
  }
  if (up - lo == 2) return false;
  lua_geti(L, 1, middle);
  lua_pushvalue(L, -1);
  lua_geti(L, 1, up - 1);
  put_two(L, middle, up - 1);
  return true;
}

/* The smaller part by recursion, so its depth is at most the logarithm. */
static void sort_range (lua_State *L, bool by, lua_Integer lo, lua_Integer up, lua_Unsigned random) {
  while (lo < up) {
    if (!prepare(L, by, lo, up, random)) return;
    lua_Integer at = partition(L, by, lo, up), smaller;
    if (at - lo < up - at) {
      sort_range(L, by, lo, at - 1, random);
      smaller = at - lo;
      lo = at + 1;
    } else {
      sort_range(L, by, at + 1, up, random);
      smaller = up - at;
      up = at - 1;
    }
    if ((up - lo) / 128 > smaller) random = random * 6364136223846793005u + 1442695040888963407u;
  }
}

int sort_table (lua_State *L) {
  bool raw = tables_check(L, 1, READS | WRITES | MEASURES);
  lua_Integer count = tables_length(L, raw, 1);
  if (count < 2) return 0;
  luaL_argcheck(L, count < INT_MAX, 1, "array too big");
  if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_settop(L, 2);
  luaL_checkstack(L, 200, "");
  bool by = !lua_isnil(L, 2);
  if (raw && !by && sort_numbers(L, count)) return 0;
  lua_settop(L, 2);
  sort_range(L, by, 1, count, 0);
  return 0;
}

/* } */

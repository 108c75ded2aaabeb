/*
** The order of keys, which differs from run to run in stock Lua: pairs and next.
*/
#include "Internal.h"

/* {======== Keys in order ======== */

typedef struct Key {
  int64_t place;     /* where it is in the list of keys */
  const char *bytes; /* of a string, else NULL */
  size_t length;
  double number;
  int64_t integer;
  int rank; /* 0 number, 1 string, 2 boolean, 3 the rest */
} Key;

static int compare (const Key *a, const Key *b) {
  if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
  if (a->rank == 0) {
    if (a->number != b->number) return a->number < b->number ? -1 : 1;
    return a->integer < b->integer ? -1 : a->integer > b->integer;
  }
  if (a->rank == 1) {
    size_t common = a->length < b->length ? a->length : b->length;
    int order = memcmp(a->bytes, b->bytes, common);
    if (order) return order;
    return a->length < b->length ? -1 : a->length > b->length;
  }
  return a->integer < b->integer ? -1 : a->integer > b->integer;
}

/* Bottom-up merge sort: no recursion, asks for stops as it goes. */
static Key *sort_keys (lua_State *L, Key *keys, Key *spare, size_t count) {
  for (size_t width = 1; width < count; width *= 2) {
    for (size_t left = 0; left < count; left += 2 * width) {
      size_t middle = left + width < count ? left + width : count;
      size_t right = left + 2 * width < count ? left + 2 * width : count;
      size_t i = left, j = middle, k = left;
      while (i < middle && j < right)
        spare[k++] = compare(&keys[j], &keys[i]) < 0 ? keys[j++] : keys[i++];
      while (i < middle) spare[k++] = keys[i++];
      while (j < right) spare[k++] = keys[j++];
      if (((left / (2 * width)) & 1023) == 0 || width > 512) shim_steps(L, (int64_t)width);
    }
    Key *other = keys;
    keys = spare;
    spare = other;
  }
  return keys;
}

/* A run whose outcome is replayed cannot go by addresses. */
static void require_order (lua_State *L, const Key *a, const Key *b) {
  if (self(L)->strict_order && a->rank == 3 && b->rank == 3)
    luaL_error(
      L, SAY(L, "键是表或函数时没有固定次序，公式里不能逐个取；请另用列表保存",
             "keys that are tables or functions have no order here; keep a list beside them"));
}

static Key key_at (lua_State *L, int index, int64_t place) {
  Key key = {.place = place};
  switch (lua_type(L, index)) {
    case LUA_TNUMBER:
      key.number = lua_tonumber(L, index);
      key.integer = lua_tointegerx(L, index, NULL);
      break;
    case LUA_TSTRING:
      key.rank = 1;
      key.bytes = lua_tolstring(L, index, &key.length);
      break;
    case LUA_TBOOLEAN:
      key.rank = 2;
      key.integer = lua_toboolean(L, index);
      break;
    default:
      key.rank = 3;
      key.integer = place;
      break;
  }
  return key;
}

/* Push the keys of the table at 'index' as they come; gives how many, or minus
   that when they already are 1, 2, 3, …. */
static int64_t collect (lua_State *L, int index) {
  lua_newtable(L);
  int list = lua_gettop(L);
  int64_t count = 0;
  bool ordered = true;
  lua_pushnil(L);
  while (lua_next(L, index)) {
    lua_pop(L, 1);
    count++;
    decimals_refuse_key(L, -1);
    ordered = ordered && lua_isinteger(L, -1) && lua_tointeger(L, -1) == count;
    lua_pushvalue(L, -1);
    lua_rawseti(L, list, count);
    if ((count & 255) == 0) shim_steps(L, 256);
  }
  return ordered ? -count : count;
}

/* Replace the list on the top by the same keys in order. */
static void order (lua_State *L, int64_t count) {
  int list = lua_gettop(L);
  Key *keys = lua_newuserdatauv(L, sizeof(Key) * (size_t)count * 2 + 8, 0);
  *(uint32_t *)(void *)(keys + count * 2) = TAG_SCRATCH;
  for (int64_t i = 0; i < count; i++) {
    lua_rawgeti(L, list, i + 1);
    keys[i] = key_at(L, -1, i + 1);
    lua_pop(L, 1);
  }
  Key *sorted = sort_keys(L, keys, keys + count, (size_t)count);
  if (count > 1) require_order(L, &sorted[count - 2], &sorted[count - 1]); /* they come last */
  lua_createtable(L, (int)count, 0);
  for (int64_t i = 0; i < count; i++) {
    lua_rawgeti(L, list, sorted[i].place);
    lua_rawseti(L, -2, i + 1);
  }
  lua_replace(L, list);
  lua_settop(L, list);
}

/* Push the keys of the table at 'index', in order. */
static int64_t push_keys (lua_State *L, int index) {
  int64_t count = collect(L, index);
  if (count < 0) return -count;
  if (count > 1) order(L, count);
  return count;
}

/* }======== pairs and next {======== */

/* Upvalues: keys, how many are behind. A key whose value is gone is skipped. */
static int step_pairs (lua_State *L) {
  lua_Integer done = lua_tointeger(L, lua_upvalueindex(2));
  lua_settop(L, 1);
  for (;;) {
    done++;
    if (lua_rawgeti(L, lua_upvalueindex(1), done) == LUA_TNIL) return 1;
    lua_pushvalue(L, -1);
    if (lua_rawget(L, 1) != LUA_TNIL) break;
    lua_pop(L, 2);
    if ((done & 255) == 0) shim_poll(L);
  }
  lua_pushinteger(L, done);
  lua_replace(L, lua_upvalueindex(2));
  return 2;
}

/* A table that has only 1…n needs no list of keys. */
static int step_items (lua_State *L) {
  lua_Integer done = lua_tointeger(L, 2), count = lua_tointeger(L, lua_upvalueindex(1));
  lua_settop(L, 1);
  while (++done <= count) {
    lua_pushinteger(L, done);
    if (lua_rawgeti(L, 1, done) != LUA_TNIL) return 2;
    lua_pop(L, 2);
    if ((done & 255) == 0) shim_poll(L);
  }
  lua_pushnil(L);
  return 1;
}

/* How many when the table holds just 1…n, else -1. */
static int64_t plain_items (lua_State *L, int index) {
  int64_t count = 0;
  lua_pushnil(L);
  while (lua_next(L, index)) {
    lua_pop(L, 1);
    if (!lua_isinteger(L, -1) || lua_tointeger(L, -1) != ++count) {
      lua_pop(L, 1);
      return -1;
    }
    if ((count & 1023) == 0) shim_steps(L, 1024);
  }
  return count;
}

static int pairs_done (lua_State *L, int status, lua_KContext context) {
  (void)L; (void)status; (void)context;
  return 3;
}

int order_pairs (lua_State *L) {
  luaL_checkany(L, 1);
  if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
    lua_pushvalue(L, 1);
    lua_callk(L, 1, 3, 0, pairs_done);
    return 3;
  }
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  int64_t items = plain_items(L, 1);
  if (items >= 0) {
    lua_pushinteger(L, items);
    lua_pushcclosure(L, step_items, 1);
  } else {
    push_keys(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, step_pairs, 2);
  }
  lua_pushvalue(L, 1);
  lua_pushnil(L);
  return 3;
}

/* The smallest key, without sorting. */
static int first_key (lua_State *L) {
  bool found = false;
  Key least = {0};
  int64_t count = 0;
  lua_settop(L, 1);
  lua_pushnil(L); /* 2: the least so far */
  lua_pushnil(L); /* 3: the traversal */
  while (lua_next(L, 1)) {
    lua_pop(L, 1);
    decimals_refuse_key(L, 3);
    Key key = key_at(L, 3, ++count);
    if (found) require_order(L, &least, &key);
    if (!found || compare(&key, &least) < 0) {
      least = key;
      lua_pushvalue(L, 3);
      lua_replace(L, 2);
    }
    found = true;
    if ((count & 255) == 0) shim_steps(L, 256);
  }
  if (!found) return 1; /* the nil at 2 is on the top */
  lua_settop(L, 2);
  lua_pushvalue(L, 2);
  lua_rawget(L, 1);
  return 2;
}

/* What is kept for the table at 1, in a weak table: the first key that a traversal began
   with; once there is more to keep, the list of keys. It holds at 0 the place of each key;
   at -1 the first key of the last traversal that began since, and at -2 a set of those before.
   Keys may have come by then, so going on from one of these makes the list anew; and the key may
   be gone, for fields may be cleared on the way: then the first there is comes next. */
#define PLACES 0
#define BEGUN -1
#define BEGUN_BEFORE -2

static int push_kept (lua_State *L) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, self(L)->ref_keys);
  lua_pushvalue(L, 1);
  int type = lua_rawget(L, -2);
  lua_remove(L, -2);
  return type;
}

/* Keep the value on the top for the table at 1, and pop it. */
static void keep (lua_State *L) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, self(L)->ref_keys);
  lua_pushvalue(L, 1);
  lua_pushvalue(L, -3);
  lua_rawset(L, -3);
  lua_pop(L, 2);
}

/* Push the list of the table at 1, made anew and kept. The key at 2 may be gone already: if
   a traversal began with it, what comes next is the first there is. */
static void make_list (lua_State *L, bool begun) {
  int64_t count = push_keys(L, 1);
  int list = lua_gettop(L);
  lua_createtable(L, 0, (int)count);
  for (int64_t i = 1; i <= count; i++) {
    lua_rawgeti(L, list, i);
    lua_pushinteger(L, i);
    lua_rawset(L, -3);
  }
  lua_pushvalue(L, 2);
  if (begun && lua_rawget(L, -2) == LUA_TNIL) {
    lua_pushvalue(L, 2);
    lua_pushinteger(L, 0);
    lua_rawset(L, -4);
  }
  lua_settop(L, list + 1);
  lua_rawseti(L, list, PLACES);
  lua_pushvalue(L, list);
  keep(L);
}

/* Whether a traversal began with the key at 2 since the list on the top was made. */
static bool has_begun (lua_State *L) {
  int list = lua_gettop(L);
  lua_rawgeti(L, list, BEGUN);
  bool begun = !lua_isnil(L, -1) && lua_rawequal(L, -1, 2);
  if (!begun && lua_rawgeti(L, list, BEGUN_BEFORE) == LUA_TTABLE) {
    lua_pushvalue(L, 2);
    begun = lua_rawget(L, -2) != LUA_TNIL;
  }
  lua_settop(L, list);
  return begun;
}

/* Push the list to go on from the key at 2 with. */
static void push_list (lua_State *L) {
  int type = push_kept(L);
  bool begun = type == LUA_TTABLE ? has_begun(L) : type != LUA_TNIL && lua_rawequal(L, -1, 2);
  if (type == LUA_TTABLE && !begun) {
    bool is_made = lua_rawgeti(L, -1, PLACES) == LUA_TTABLE;
    lua_pop(L, 1);
    if (is_made) return;
  }
  lua_settop(L, 2);
  make_list(L, begun);
}

/* The list on the top: the traversal that began last is one of those before. */
static void note_begun_before (lua_State *L) {
  int list = lua_gettop(L);
  if (lua_rawgeti(L, list, BEGUN) == LUA_TNIL || lua_rawequal(L, -1, 2)) {
    lua_settop(L, list);
    return;
  }
  if (lua_rawgeti(L, list, BEGUN_BEFORE) != LUA_TTABLE) {
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawseti(L, list, BEGUN_BEFORE);
  }
  lua_pushvalue(L, list + 1);
  lua_pushboolean(L, 1);
  lua_rawset(L, -3);
  lua_settop(L, list);
}

/* A traversal begins with the key at 2. */
static void note_begun (lua_State *L) {
  int type = push_kept(L);
  bool is_plain = key_at(L, 2, 0).rank < 3; /* no table, which would pass for a list */
  if (type != LUA_TTABLE && is_plain && (type == LUA_TNIL || lua_rawequal(L, -1, 2))) {
    lua_pushvalue(L, 2);
    keep(L);
    return;
  }
  if (type != LUA_TTABLE) {
    lua_newtable(L);
    if (type != LUA_TNIL) {
      lua_pushvalue(L, -2);
      lua_rawseti(L, -2, BEGUN);
    }
    lua_pushvalue(L, -1);
    keep(L);
  }
  note_begun_before(L);
  lua_pushvalue(L, 2);
  lua_rawseti(L, -2, BEGUN);
}

/* With the keys on the top: the pair after the key at 2, 0 when unknown. */
static int after_key (lua_State *L) {
  int keys = lua_gettop(L);
  lua_rawgeti(L, keys, PLACES);
  lua_pushvalue(L, 2);
  if (lua_rawget(L, -2) != LUA_TNUMBER) return 0;
  lua_Integer place = lua_tointeger(L, -1);
  for (;;) {
    lua_settop(L, keys);
    if (lua_rawgeti(L, keys, ++place) == LUA_TNIL) return 1;
    lua_pushvalue(L, -1);
    if (lua_rawget(L, 1) != LUA_TNIL) return 2;
  }
}

static int order_next (lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 2);
  if (lua_isnil(L, 2)) {
    if (first_key(L) == 1) return 1;
    note_begun(L);
    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    lua_rawget(L, 1);
    return 2;
  }
  push_list(L);
  int results = after_key(L);
  if (results) return results;
  lua_settop(L, 2);
  make_list(L, false);
  results = after_key(L);
  if (results) return results;
  lua_pushliteral(L, "invalid key to 'next'"); /* without a place, as the stock function has it */
  return lua_error(L);
}

/* }======== Opening {======== */

void order_open (lua_State *L) {
  self(L)->ref_keys = shim_weak_table(L);
  lua_pushcfunction(L, order_pairs);
  lua_setglobal(L, "pairs");
  lua_pushcfunction(L, order_next);
  lua_setglobal(L, "next");
}

/* } */

/*
** Our functions against those of stock liblua5.4: results and error texts, over
** patterns and calls of the library by chance.
**
**   differential [PAIRS [SEED]]
**
** Ours goes first, under a budget of steps. Where it is stopped the stock function
** might run for years: such a pair is counted apart and not compared.
*/
#include <ctype.h>

#include "host.h"

#define BUDGET 3000000 /* steps / 8 */
#define MOST_SHOWN 20

enum { FIND = 1, MATCH, GMATCH, GSUB, TABLE, FUNCTION, FIXED = FUNCTION };
static const char *const names[] = {"", "find", "match", "gmatch", "gsub"};

static World world;
static Shim *shim;
static lua_State *ours, *stock;
static long disagreements, stopped, errors, matched;

/* What differs on purpose, by how our error and stock's end; without stock's where it has none. */
static struct { const char *ours, *stock, *why; long times; } purposes[] = {
  {"bad argument #2 to 'remove' (position out of bounds)",
   "bad argument #1 to 'remove' (position out of bounds)",
   "5.4.4 names the wrong argument; newer ones name ours", 0},
  {"bad argument #1 to 'codes' (invalid UTF-8 code)", NULL,
   "5.4.4 lets stray continuation bytes pass; newer ones refuse them", 0},
};

/* {======== Two sides ======== */

/* What replaces a match, by its bytes: each kind of value that gsub treats apart. */
static int replace (lua_State *L) {
  size_t length;
  const char *text = lua_tolstring(L, 1, &length);
  unsigned sum = (unsigned)lua_gettop(L);
  for (size_t i = 0; i < length; i++) sum = sum * 31 + (unsigned char)text[i];
  switch (sum % 9) {
    case 0: lua_pushnil(L); return 1;
    case 1: lua_pushboolean(L, 0); return 1;
    case 2: lua_pushinteger(L, (lua_Integer)sum); return 1;
    case 3: lua_pushnumber(L, 0.5); return 1;
    case 4: return 0;
    case 5: lua_pushliteral(L, "%1"); return 1;
    default: lua_settop(L, 1); return 1;
  }
}

static void push_table (lua_State *L) {
  lua_newtable(L);
  static const char *const keys[] = {"a", "b", "ab", "", "1", "aa"};
  for (int i = 0; i < 6; i++) {
    if (i == 1) lua_pushboolean(L, 0);
    else if (i == 2) lua_newtable(L); /* no replacement value */
    else if (i == 3) lua_pushinteger(L, 7);
    else lua_pushliteral(L, "<%0>");
    lua_setfield(L, -2, keys[i]);
  }
  lua_pushliteral(L, "one");
  lua_rawseti(L, -2, 1);
}

/* Lay what the pairs need at fixed places of the stack. */
static void prepare (lua_State *L) {
  lua_settop(L, 0);
  for (int i = FIND; i <= GSUB; i++) {
    lua_getglobal(L, "string");
    lua_getfield(L, -1, names[i]);
    lua_remove(L, -2);
  }
  push_table(L);
  lua_pushcfunction(L, replace);
}

static void open_ours (void) {
  ShimLimits limits = {.instructions = BUDGET};
  if (shim) world_close(&world);
  if (!world_open(&world, &limits)) abort();
  shim = world.shim;
  ours = shim->main;
  prepare(ours);
}

static int quiet (lua_State *L) {
  (void)L;
  return 0;
}

static void open_stock (void) {
  stock = luaL_newstate();
  luaL_openlibs(stock);
  lua_register(stock, "print", quiet);
  prepare(stock);
}

/* }======== Comparing {======== */

/* Addresses differ by nature: '0x' and what follows is skipped in texts of errors
   and of tostring. */
static bool same_text (const char *a, size_t a_length, const char *b, size_t b_length) {
  if (a_length == b_length && memcmp(a, b, a_length) == 0) return true;
  size_t i = 0, j = 0;
  while (i < a_length && j < b_length) {
    if (a[i] != b[j]) return false;
    bool address = i >= 3 && a[i] == 'x' && a[i - 1] == '0' && a[i - 2] == ' ' && a[i - 3] == ':';
    i++, j++;
    if (!address) continue;
    while (i < a_length && isxdigit((unsigned char)a[i])) i++;
    while (j < b_length && isxdigit((unsigned char)b[j])) j++;
  }
  return i == a_length && j == b_length;
}

static bool ends_with (const char *text, size_t length, const char *end) {
  size_t wanted = strlen(end);
  return length >= wanted && memcmp(text + length - wanted, end, wanted) == 0;
}

static bool is_intended (const char *a, size_t a_length, const char *b, size_t b_length) {
  for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++)
    if (ends_with(a, a_length, purposes[i].ours) &&
        (b == NULL ? purposes[i].stock == NULL
                   : purposes[i].stock != NULL && ends_with(b, b_length, purposes[i].stock))) {
      purposes[i].times++;
      return true;
    }
  return false;
}

static bool same (int a, int b, int depth);

static bool same_table (int a, int b, int depth) {
  int count = 0, other = 0;
  lua_pushnil(ours);
  while (lua_next(ours, a)) {
    count++;
    bool is_text = lua_type(ours, -2) == LUA_TSTRING;
    size_t length;
    if (is_text) {
      const char *key = lua_tolstring(ours, -2, &length);
      lua_pushlstring(stock, key, length);
    } else if (lua_isinteger(ours, -2)) {
      lua_pushinteger(stock, lua_tointeger(ours, -2));
    } else if (lua_type(ours, -2) == LUA_TNUMBER) {
      lua_pushnumber(stock, lua_tonumber(ours, -2));
    } else {
      lua_pushboolean(stock, lua_toboolean(ours, -2));
    }
    lua_rawget(stock, b);
    bool alike = same(lua_gettop(ours), lua_gettop(stock), depth + 1);
    lua_pop(stock, 1);
    lua_pop(ours, 1);
    if (alike) continue;
    lua_pop(ours, 1);
    return false;
  }
  lua_pushnil(stock);
  while (lua_next(stock, b)) other++, lua_pop(stock, 1);
  return count == other;
}

static bool same (int a, int b, int depth) {
  int type = lua_type(ours, a);
  if (type != lua_type(stock, b)) return false;
  switch (type) {
    case LUA_TBOOLEAN: return lua_toboolean(ours, a) == lua_toboolean(stock, b);
    case LUA_TNUMBER: {
      if (lua_isinteger(ours, a) != lua_isinteger(stock, b)) return false;
      if (lua_isinteger(ours, a)) return lua_tointeger(ours, a) == lua_tointeger(stock, b);
      lua_Number x = lua_tonumber(ours, a), y = lua_tonumber(stock, b);
      return memcmp(&x, &y, sizeof x) == 0 || (x != x && y != y);
    }
    case LUA_TSTRING: {
      size_t x, y;
      const char *one = lua_tolstring(ours, a, &x), *two = lua_tolstring(stock, b, &y);
      return same_text(one, x, two, y) || is_intended(one, x, two, y);
    }
    case LUA_TTABLE: return depth > 4 || same_table(a, b, depth);
    default: return true;
  }
}

static void describe (lua_State *L, int index, Text *t) {
  size_t length;
  switch (lua_type(L, index)) {
    case LUA_TSTRING: {
      const char *text = lua_tolstring(L, index, &length);
      text_quoted(t, text, length);
      break;
    }
    case LUA_TNUMBER:
      if (lua_isinteger(L, index)) text_format(t, "%lld", (long long)lua_tointeger(L, index));
      else text_format(t, "%.17g", lua_tonumber(L, index));
      break;
    case LUA_TBOOLEAN: text_add(t, lua_toboolean(L, index) ? "true" : "false"); break;
    default: text_add(t, luaL_typename(L, index)); break;
  }
}

static void show (lua_State *L, int from, Text *t) {
  for (int i = from; i <= lua_gettop(L); i++) {
    if (i > from) text_add(t, ", ");
    describe(L, i, t);
  }
  text_char(t, '\n');
}

/* Whether only ours refuses, and on purpose. */
static bool is_refusal (int status, int other) {
  size_t length;
  if (status == LUA_OK || other != LUA_OK || lua_type(ours, FIXED + 1) != LUA_TSTRING) return false;
  const char *text = lua_tolstring(ours, FIXED + 1, &length);
  return is_intended(text, length, NULL, 0);
}

/* Compare what both stacks hold above the fixed part, and the statuses. */
static void compare (int status, int other, const char *what) {
  bool alike = status == other && lua_gettop(ours) == lua_gettop(stock);
  for (int i = FIXED + 1; alike && i <= lua_gettop(ours); i++) alike = same(i, i, 0);
  if (status != LUA_OK) errors++;
  else if (!lua_isnil(ours, FIXED + 1)) matched++;
  if (alike || is_refusal(status, other) || ++disagreements > MOST_SHOWN) return;
  Text t = {0};
  text_format(&t, "disagreement %ld: ", disagreements);
  text_add(&t, what);
  text_format(&t, "\n  ours  (%d): ", status);
  show(ours, FIXED + 1, &t);
  text_format(&t, "  stock (%d): ", other);
  show(stock, FIXED + 1, &t);
  fputs(t.bytes, stdout);
  free(t.bytes);
}

/* }======== Patterns {======== */

typedef struct Pair {
  int function;
  Text subject, pattern, replacement;
  int replace; /* a kind of third argument of gsub */
  int count;   /* arguments after the pattern (and the replacement) */
  int init, plain, most;
} Pair;

static void push_position (lua_State *L, int which, size_t length) {
  lua_Integer n = (lua_Integer)length;
  switch (which) {
    case 0: lua_pushinteger(L, 1); break;
    case 1: lua_pushinteger(L, 0); break;
    case 2: lua_pushinteger(L, -1); break;
    case 3: lua_pushinteger(L, n); break;
    case 4: lua_pushinteger(L, n + 1); break;
    case 5: lua_pushinteger(L, n + 2); break;
    case 6: lua_pushinteger(L, -n); break;
    case 7: lua_pushinteger(L, -n - 1); break;
    case 8: lua_pushinteger(L, LUA_MAXINTEGER); break;
    case 9: lua_pushinteger(L, LUA_MININTEGER); break;
    case 10: lua_pushnumber(L, 2.0); break;
    case 11: lua_pushnumber(L, 1.5); break;
    case 12: lua_pushliteral(L, "3"); break;
    case 13: lua_pushliteral(L, "x"); break;
    case 14: lua_pushnil(L); break;
    case 15: lua_pushnumber(L, 1e300); break;
    default: lua_pushinteger(L, which - 15); break;
  }
}

static void draw_pair (Random *r, Pair *pair) {
  pair->function = FIND + below(r, 4);
  make_subject(r, &pair->subject);
  make_pattern(r, &pair->pattern);
  make_replacement(r, &pair->replacement);
  pair->replace = below(r, 12);
  pair->count = chance(r, 50) ? 0 : 1 + below(r, 2);
  pair->init = below(r, 26);
  pair->plain = below(r, 3);
  pair->most = below(r, 26);
}

static void push_replacement (lua_State *L, const Pair *pair) {
  switch (pair->replace) {
    case 0: case 1: lua_pushvalue(L, FUNCTION); break;
    case 2: case 3: lua_pushvalue(L, TABLE); break;
    case 4: lua_pushinteger(L, 42); break;
    case 5: lua_pushnumber(L, 1.5); break;
    case 6: lua_pushboolean(L, 1); break;
    default: lua_pushlstring(L, pair->replacement.bytes, pair->replacement.length); break;
  }
}

/* All matches of an iterator, up to fifty. */
static int collect (lua_State *L) {
  int iterator = lua_gettop(L);
  for (int i = 0; i < 50; i++) {
    luaL_checkstack(L, 80, NULL);
    lua_pushvalue(L, iterator);
    int base = lua_gettop(L), status = lua_pcall(L, 0, LUA_MULTRET, 0);
    if (status != LUA_OK) return status;
    if (lua_gettop(L) < base || lua_isnil(L, base)) break;
  }
  return LUA_OK;
}

static int perform (lua_State *L, const Pair *pair) {
  lua_settop(L, FIXED);
  lua_pushvalue(L, pair->function);
  lua_pushlstring(L, pair->subject.bytes, pair->subject.length);
  lua_pushlstring(L, pair->pattern.bytes, pair->pattern.length);
  if (pair->function == GSUB) push_replacement(L, pair);
  if (pair->count > 0)
    push_position(L, pair->function == GSUB ? pair->most : pair->init, pair->subject.length);
  if (pair->count > 1) lua_pushboolean(L, pair->plain == 0);
  int arguments = lua_gettop(L) - FIXED - 1;
  int status = lua_pcall(L, arguments, LUA_MULTRET, 0);
  if (status != LUA_OK || pair->function != GMATCH) return status;
  return collect(L);
}

static void name_pair (const Pair *pair, Text *t) {
  text_clear(t);
  text_format(t, "string.%s(", names[pair->function]);
  text_quoted(t, pair->subject.bytes, pair->subject.length);
  text_add(t, ", ");
  text_quoted(t, pair->pattern.bytes, pair->pattern.length);
  if (pair->function == GSUB) {
    lua_settop(stock, FIXED);
    text_add(t, ", ");
    push_replacement(stock, pair);
    describe(stock, -1, t);
  }
  if (pair->count > 0) {
    text_add(t, ", ");
    push_position(stock, pair->function == GSUB ? pair->most : pair->init, pair->subject.length);
    describe(stock, -1, t);
  }
  if (pair->count > 1) text_add(t, pair->plain == 0 ? ", true" : ", false");
  text_char(t, ')');
}

static void try_pair (Random *r, Pair *pair, Text *name) {
  draw_pair(r, pair);
  int status = perform(ours, pair);
  if (shim->reason) {
    stopped++;
    open_ours();
    return;
  }
  shim->instructions = 0;
  int other = perform(stock, pair);
  long before = disagreements;
  compare(status, other, "");
  if (disagreements == before || disagreements > MOST_SHOWN) return;
  name_pair(pair, name);
  printf("  by %s\n", name->bytes);
}

/* }======== The library {======== */

static int run (lua_State *L, const Text *source) {
  lua_settop(L, FIXED);
  int status = luaL_loadbufferx(L, source->bytes, source->length, "=case", "t");
  return status == LUA_OK ? lua_pcall(L, 0, LUA_MULTRET, 0) : status;
}

static void try_call (Random *r, Text *source) {
  make_library_call(r, source);
  int status = run(ours, source);
  if (shim->reason) {
    stopped++;
    open_ours();
    return;
  }
  shim->instructions = 0;
  int other = run(stock, source);
  compare(status, other, source->bytes);
}

/* } */

int main (int count, char **arguments) {
  long pairs = count > 1 ? atol(arguments[1]) : 1000000;
  uint64_t seed = count > 2 ? strtoull(arguments[2], NULL, 10) : 20260512;
  Random r = {seed};
  Pair pair = {0};
  Text text = {0};
  double start = shim_now();
  open_ours();
  open_stock();
  for (long i = 0; i < pairs; i++) try_pair(&r, &pair, &text);
  printf("patterns: %ld pairs, seed %llu: %ld errors, %ld results, %ld stopped by the budget, "
         "%ld disagreements\n", pairs, (unsigned long long)seed, errors, matched, stopped,
         disagreements);
  long so_far = disagreements, calls = pairs / 5;
  errors = matched = stopped = 0;
  for (long i = 0; i < calls; i++) try_call(&r, &text);
  printf("library: %ld calls: %ld errors, %ld results, %ld stopped by the budget, "
         "%ld disagreements\n", calls, errors, matched, stopped, disagreements - so_far);
  for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++)
    printf("on purpose %ld times: \"%s\", as %s\n", purposes[i].times, purposes[i].ours,
           purposes[i].why);
  printf("%.1f s\n", shim_now() - start);
  world_close(&world);
  lua_close(stock);
  free(text.bytes);
  free(pair.subject.bytes);
  free(pair.pattern.bytes);
  free(pair.replacement.bytes);
  return disagreements ? 1 : 0;
}

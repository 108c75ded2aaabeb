/*
** The language topic by topic: each script of Tests/LuaTests/Language checks itself, in
** our interpreter and in stock liblua5.4. Both must make the same number of checks and
** meet the same messages of errors.
**
**   language FOLDER [TOPIC…]      the counts of each topic too, when topics are named
*/
#include "host.h"

static const char *const topics[] = {
  "bitwise", "calls", "closures", "constructs", "coroutines", "errors", "events", "goto", "locals",
  "math", "nextvar", "patterns", "sort", "strings", "tpack", "utf8", "varargs"
};
enum { TOPICS = sizeof topics / sizeof *topics };

/* What one interpreter made of one topic. */
typedef struct Side {
  bool good;
  long checks;
  Text text; /* the messages of the errors met, or what went wrong */
} Side;

static const char *folder;
static Text prologue, script;
static const char said[] = "return said()";

/* {======== Ours ======== */

static bool run_ours (World *w, const Text *source, const char *name, Text *out) {
  int status = shim_run(w->shim, source->bytes, source->length, name, 0);
  text_clear(out);
  if (status == SHIM_OK) {
    size_t count;
    const ShimValue *value = shim_results(w->shim, &count);
    if (count == 1 && value->kind == SHIM_STRING) text_bytes(out, value->bytes, value->length);
    else if (count > 0) world_show(w, out);
    shim_done(w->shim);
  } else if (status == SHIM_SYNTAX || status == SHIM_RUNTIME) {
    size_t size;
    const char *message = shim_message(w->shim, &size);
    text_bytes(out, message, size);
  } else {
    text_add(out, status == SHIM_EXCEEDED ? "a budget ended it" : "its result cannot be read");
  }
  return status == SHIM_OK;
}

static void try_ours (const char *name, Side *side) {
  World w;
  ShimLimits limits = {.seconds = 60, .memory = 64 << 20}; /* a sanitizer is slow */
  if (!world_open(&w, &limits)) abort();
  Text last = {(char *)said, sizeof said - 1, 0};
  side->good = run_ours(&w, &prologue, "@check.lua", &side->text)
    && run_ours(&w, &script, name, &side->text);
  if (side->good) {
    side->checks = strtol(side->text.bytes, NULL, 10);
    side->good = run_ours(&w, &last, "@said", &side->text);
  }
  if (world_close(&w)) return;
  side->good = false;
  text_add(&side->text, "\nsomething is still lent");
}

/* }======== Stock {======== */

/* The same libraries, without what ours does not offer. */
static lua_State *open_stock (void) {
  static const luaL_Reg libraries[] = {
    {LUA_GNAME, luaopen_base},     {LUA_STRLIBNAME, luaopen_string},
    {LUA_TABLIBNAME, luaopen_table}, {LUA_MATHLIBNAME, luaopen_math},
    {LUA_UTF8LIBNAME, luaopen_utf8}, {LUA_COLIBNAME, luaopen_coroutine}
  };
  static const char *const missing[] = {"dofile", "loadfile", "warn", "print"};
  lua_State *L = luaL_newstate();
  if (L == NULL) abort();
  for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
    luaL_requiref(L, libraries[i].name, libraries[i].func, 1);
    lua_pop(L, 1);
  }
  for (size_t i = 0; i < sizeof missing / sizeof *missing; i++) {
    lua_pushnil(L);
    lua_setglobal(L, missing[i]);
  }
  lua_getglobal(L, "string");
  lua_pushnil(L);
  lua_setfield(L, -2, "dump");
  lua_pop(L, 1);
  return L;
}

static bool run_stock (lua_State *L, const char *source, size_t length, const char *name, Text *out) {
  lua_settop(L, 0);
  int status = luaL_loadbufferx(L, source, length, name, "t");
  if (status == LUA_OK) status = lua_pcall(L, 0, 1, 0);
  text_clear(out);
  const char *text = luaL_tolstring(L, -1, &length);
  text_bytes(out, text, length);
  return status == LUA_OK;
}

static void try_stock (const char *name, Side *side) {
  lua_State *L = open_stock();
  side->good = run_stock(L, prologue.bytes, prologue.length, "@check.lua", &side->text)
    && run_stock(L, script.bytes, script.length, name, &side->text);
  if (side->good) {
    side->checks = strtol(side->text.bytes, NULL, 10);
    side->good = run_stock(L, said, sizeof said - 1, "@said", &side->text);
  }
  lua_close(L);
}

/* }======== Comparing {======== */

/* Print what both said where they part. */
static void show_difference (const char *topic, const Text *ours, const Text *stock) {
  const char *a = ours->bytes, *b = stock->bytes;
  size_t line = 0, i = 0;
  for (; a[i] && a[i] == b[i]; i++)
    if (a[i] == '\n') line = i + 1;
  printf("%s: other messages of errors\n  ours:  %.*s\n  stock: %.*s\n", topic,
         (int)strcspn(a + line, "\n"), a + line, (int)strcspn(b + line, "\n"), b + line);
}

/* Gives whether both sides agree. */
static bool compare (const char *topic, const Side *ours, const Side *stock) {
  if (!ours->good) printf("%s fails in ours:\n%s\n", topic, ours->text.bytes);
  if (!stock->good) printf("%s fails in stock:\n%s\n", topic, stock->text.bytes);
  if (!ours->good || !stock->good) return false;
  if (ours->checks != stock->checks || ours->checks == 0) {
    printf("%s: %ld checks in ours, %ld in stock\n", topic, ours->checks, stock->checks);
    return false;
  }
  bool alike = ours->text.length == stock->text.length
    && memcmp(ours->text.bytes, stock->text.bytes, ours->text.length) == 0;
  if (!alike) show_difference(topic, &ours->text, &stock->text);
  return alike;
}

static void read_script (const char *name, Text *text) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s.lua", folder, name);
  if (read_file(path, text)) return;
  fprintf(stderr, "cannot read %s\n", path);
  exit(1);
}

/* } */

int main (int count, char **arguments) {
  if (count < 2) {
    fputs("language FOLDER [TOPIC…]\n", stderr);
    return 64;
  }
  int named = count - 2, tried = named ? named : TOPICS, disagreements = 0;
  long checks = 0;
  folder = arguments[1];
  read_script("check", &prologue);
  for (int i = 0; i < tried; i++) {
    const char *topic = named ? arguments[i + 2] : topics[i];
    char name[256];
    Side ours = {0}, stock = {0};
    snprintf(name, sizeof name, "@%s.lua", topic);
    read_script(topic, &script);
    try_ours(name, &ours);
    try_stock(name, &stock);
    if (!compare(topic, &ours, &stock)) disagreements++;
    if (named) printf("%s: %ld checks\n", topic, ours.checks);
    checks += ours.checks;
    free(ours.text.bytes);
    free(stock.text.bytes);
  }
  printf("language: %d topics, %ld checks, %d disagreements\n", tried, checks, disagreements);
  free(prologue.bytes);
  free(script.bytes);
  return disagreements ? 1 : 0;
}

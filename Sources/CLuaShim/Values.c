/*
** Values across the border, both ways.
*/
#include <stdio.h>
#include <stdlib.h>

#include "Internal.h"

/* {======== Outwards: emitted values become Lua values ======== */

void shim_emit (Shim *s, ShimValue value) {
  if (!shim_append(s, &s->emitted, &value, sizeof value) && value.kind == SHIM_OBJECT)
    s->host.release(s->host.host, value.integer);
}

size_t shim_put_text (Shim *s, const char *bytes, size_t length) {
  size_t offset = s->scratch.length;
  shim_append(s, &s->scratch, bytes, length);
  return offset;
}

void shim_emit_string (Shim *s, const char *bytes, size_t length) {
  size_t offset = shim_put_text(s, bytes, length);
  shim_emit(s, (ShimValue){.kind = SHIM_STRING, .offset = offset, .length = length});
}

void values_emitted_done (Shim *s) {
  shim_shrink(s, &s->emitted);
  shim_shrink(s, &s->scratch);
}

void shim_forget_emitted (Shim *s) {
  ShimValue *values = (ShimValue *)(void *)s->emitted.bytes;
  for (size_t i = 0; i < s->emitted.length / sizeof *values; i++)
    if (values[i].kind == SHIM_ROWS) rows_emitted_drop(s, i);
    else if (values[i].kind == SHIM_OBJECT) s->host.release(s->host.host, values[i].integer);
  values_emitted_done(s);
}

/* An empty table does not show whether it is a list or an object. One that the host made an
   object of bears this metatable, which does nothing else. */
static void mark_object (lua_State *L, Shim *s) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, s->ref_object);
  lua_setmetatable(L, -2);
}

/* Whether the table at 'index' bears that mark. */
bool values_is_marked (lua_State *L, int index) {
  if (!lua_getmetatable(L, index)) return false;
  lua_rawgeti(L, LUA_REGISTRYINDEX, self(L)->ref_object);
  bool marked = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  return marked;
}

void values_open (lua_State *L) {
  lua_createtable(L, 0, 1);
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  self(L)->ref_object = luaL_ref(L, LUA_REGISTRYINDEX);
}

static void build_table (lua_State *L, Shim *s, ShimValue value, size_t *next) {
  lua_createtable(L, value.count, value.fields > 0 ? (int)value.fields : 0);
  if (value.fields < 0) mark_object(L, s);
  for (int i = 1; i <= value.count; i++) {
    values_build(L, s, next);
    lua_rawseti(L, -2, i);
  }
  for (int64_t i = 0; i < value.fields; i++) {
    values_build(L, s, next);
    values_build(L, s, next);
    lua_rawset(L, -3);
  }
}

/* From the last line on the collector gives the slot back, not shim_forget_emitted. */
static void build_object (lua_State *L, Shim *s, size_t at) {
  ShimValue value = ((ShimValue *)(void *)s->emitted.bytes)[at];
  Object *object = lua_newuserdatauv(L, sizeof *object, 0);
  object->tag = TAG_OBJECT;
  object->type = value.count;
  object->slot = value.integer;
  lua_rawgeti(L, LUA_REGISTRYINDEX, s->ref_types);
  lua_rawgeti(L, -1, value.count);
  lua_setmetatable(L, -3);
  lua_pop(L, 1);
  ((ShimValue *)(void *)s->emitted.bytes)[at].kind = SHIM_NIL;
}

/* Push the emitted value at *next and go past it. May raise. */
void values_build (lua_State *L, Shim *s, size_t *next) {
  if (*next >= s->emitted.length / sizeof(ShimValue)) { /* for lack of memory */
    shim_starve(s);
    shim_poll(L);
  }
  ShimValue value = ((ShimValue *)(void *)s->emitted.bytes)[(*next)++];
  luaL_checkstack(L, 4, "too many levels");
  switch (value.kind) {
    case SHIM_NIL: lua_pushnil(L); break;
    case SHIM_BOOLEAN: lua_pushboolean(L, value.integer != 0); break;
    case SHIM_INTEGER: lua_pushinteger(L, value.integer); break;
    case SHIM_NUMBER: lua_pushnumber(L, value.number); break;
    case SHIM_STRING:
      shim_poll(L); /* its bytes may be missing, for lack of memory */
      lua_pushlstring(L, s->scratch.bytes + value.offset, value.length);
      break;
    case SHIM_DECIMAL: decimals_push(L, value.integer, (int)value.places); break;
    case SHIM_TABLE: build_table(L, s, value, next); break;
    case SHIM_FUNCTION:
      lua_rawgeti(L, LUA_REGISTRYINDEX, s->ref_functions);
      lua_rawgeti(L, -1, value.integer);
      lua_remove(L, -2);
      break;
    case SHIM_OBJECT: build_object(L, s, *next - 1); break;
    case SHIM_HOST_FUNCTION:
      calls_push(L, (const ShimFunction *)(intptr_t)value.integer);
      break;
    default: lua_pushnil(L); break;
  }
}

/* }======== Inwards: Lua values become nodes {======== */

void values_describe_other (lua_State *L, int index, ShimValue *value) {
  switch (lua_type(L, index)) {
    case LUA_TNONE: case LUA_TNIL: value->kind = SHIM_NIL; break;
    case LUA_TBOOLEAN:
      value->kind = SHIM_BOOLEAN;
      value->integer = lua_toboolean(L, index);
      break;
    case LUA_TNUMBER:
      value->kind = SHIM_NUMBER;
      value->number = lua_tonumberx(L, index, NULL);
      break;
    case LUA_TSTRING:
      value->kind = SHIM_STRING;
      value->bytes = lua_tolstring(L, index, &value->length);
      break;
    case LUA_TTABLE: value->kind = SHIM_TABLE; value->count = index; break;
    case LUA_TFUNCTION: value->kind = SHIM_FUNCTION; value->count = index; break;
    case LUA_TUSERDATA: {
      void *block = lua_touserdata(L, index);
      uint32_t tag = *(uint32_t *)block;
      if (tag == TAG_OBJECT) {
        value->kind = SHIM_OBJECT;
        value->count = ((Object *)block)->type;
        value->integer = ((Object *)block)->slot;
      } else if (tag == TAG_DECIMAL) {
        value->kind = SHIM_DECIMAL;
        value->integer = ((Decimal *)block)->units;
        value->places = ((Decimal *)block)->places;
      } else {
        value->kind = SHIM_OTHER;
        value->count = (int32_t)tag;
      }
      break;
    }
    default: value->kind = SHIM_OTHER; value->count = 0; break;
  }
}

typedef struct Reading {
  lua_State *L;
  Shim *s;
  int depth;
  const void *path[MAX_DEPTH + 1];
  int values;
  int problem;
} Reading;

/* Where the unconvertible value is: '.key' or '[3]', outermost first. */
static int complain (Reading *r, int problem) {
  r->problem = problem;
  r->s->convert_problem = problem;
  return 0;
}

static void name_step (Reading *r, int index) {
  char step[80];
  lua_State *L = r->L;
  if (lua_type(L, index) == LUA_TSTRING)
    snprintf(step, sizeof step, ".%.60s", lua_tostring(L, index));
  else if (lua_isinteger(L, index))
    snprintf(step, sizeof step, "[%lld]", (long long)lua_tointeger(L, index));
  else
    snprintf(step, sizeof step, "[%s]", luaL_typename(L, index));
  char *path = r->s->convert_path;
  size_t held = strlen(path), more = strlen(step);
  if (held + more >= sizeof r->s->convert_path) return;
  memmove(path + more, path, held + 1);
  memcpy(path, step, more);
}

size_t shim_bad_text (const char *text, size_t length) {
  const unsigned char *bytes = (const unsigned char *)text;
  for (size_t i = 0; i < length;) {
    unsigned char c = bytes[i];
    size_t more = c < 0x80 ? 0 : c >= 0xC2 && c < 0xE0 ? 1 : c >= 0xE0 && c < 0xF0 ? 2
                  : c >= 0xF0 && c < 0xF5 ? 3 : 9;
    if (more == 9 || i + more >= length + (more == 0)) return i + 1;
    for (size_t j = 1; j <= more; j++)
      if ((bytes[i + j] & 0xC0) != 0x80) return i + 1;
    if (c == 0xE0 && bytes[i + 1] < 0xA0) return i + 1;
    if (c == 0xED && bytes[i + 1] > 0x9F) return i + 1;
    if (c == 0xF0 && bytes[i + 1] < 0x90) return i + 1;
    if (c == 0xF4 && bytes[i + 1] > 0x8F) return i + 1;
    i += more + 1;
  }
  return 0;
}

static int read_value (Reading *r);

/* A function gets a reference that lives as long as the interpreter. */
static void refer (Reading *r, ShimValue *value) {
  lua_State *L = r->L;
  Shim *s = r->s;
  lua_rawgeti(L, LUA_REGISTRYINDEX, s->ref_functions); /* function refs */
  lua_pushvalue(L, -2);
  lua_rawget(L, -2); /* function refs number */
  if (lua_isnil(L, -1)) {
    int64_t number = ++s->function_count;
    lua_pushvalue(L, -3);
    lua_rawseti(L, -3, number);
    lua_pushvalue(L, -3);
    lua_pushinteger(L, number);
    lua_rawset(L, -4);
    value->integer = number;
  } else {
    value->integer = lua_tointeger(L, -1);
  }
  lua_pop(L, 2);
}

static void put (Shim *s, size_t at, ShimValue value) {
  ((ShimValue *)(void *)s->nodes.bytes)[at] = value;
}

/* How many items a table holds at 1…n without a gap, and how many other keys. */
static int count_table (Reading *r, ShimValue *value) {
  lua_State *L = r->L;
  lua_Integer items = (lua_Integer)lua_rawlen(L, -1), inside = 0, fields = 0;
  if (items > MAX_VALUES) return complain(r, SHIM_TOO_MANY), -1;
  lua_pushnil(L);
  while (lua_next(L, -2)) {
    lua_pop(L, 1);
    if (lua_isinteger(L, -1)) {
      lua_Integer key = lua_tointeger(L, -1);
      if (key < 1 || key > items) { name_step(r, -1); return complain(r, SHIM_BAD_KEY), -1; }
      inside++;
    } else if (lua_type(L, -1) == LUA_TSTRING) {
      fields++;
    } else {
      name_step(r, -1);
      return complain(r, decimals_is(L, -1) ? SHIM_DECIMAL_KEY : SHIM_BAD_KEY), -1;
    }
    if (inside + fields > MAX_VALUES) return complain(r, SHIM_TOO_MANY), -1;
  }
  if (inside != items) return complain(r, SHIM_BAD_KEY), -1;
  value->count = (int32_t)items;
  value->fields = items + fields == 0 && values_is_marked(L, -1) ? -1 : fields;
  return 0;
}

static int read_fields (Reading *r) {
  lua_State *L = r->L;
  int key = lua_gettop(L) + 1;
  lua_pushnil(L);
  while (lua_next(L, -2)) {
    if (lua_type(L, -2) != LUA_TSTRING) {
      lua_pop(L, 1);
      continue;
    }
    lua_pushvalue(L, -2);
    if (!read_value(r)) return 0;
    lua_pop(L, 1);
    if (!read_value(r)) { name_step(r, key); return 0; }
    lua_pop(L, 1);
  }
  return 1;
}

static int read_table (Reading *r, ShimValue *value, size_t at) {
  lua_State *L = r->L;
  const void *address = lua_topointer(L, -1);
  for (int i = 0; i < r->depth; i++)
    if (r->path[i] == address) return complain(r, SHIM_CYCLE);
  if (r->depth >= MAX_DEPTH) return complain(r, SHIM_TOO_DEEP);
  luaL_checkstack(L, 8, "too many levels");
  shim_poll(L); /* going through a table that was large once takes milliseconds */
  if (count_table(r, value) != 0) return 0;
  put(r->s, at, *value);
  r->path[r->depth++] = address;
  int place = lua_gettop(L) + 1;
  for (int i = 1; i <= value->count; i++) {
    lua_pushinteger(L, i);
    lua_rawgeti(L, -2, i);
    if (!read_value(r)) { name_step(r, place); return 0; }
    lua_pop(L, 2);
  }
  if (!read_fields(r)) return 0;
  r->depth--;
  return 1;
}

/* Append the value on the top. Gives 0 when it cannot be converted. */
static int read_value (Reading *r) {
  lua_State *L = r->L;
  Shim *s = r->s;
  ShimValue value = {.kind = SHIM_NIL};
  if (++r->values > MAX_VALUES) return complain(r, SHIM_TOO_MANY);
  if ((r->values & 255) == 0) shim_steps(L, 256);
  values_describe(L, lua_gettop(L), &value);
  size_t at = s->nodes.length / sizeof value;
  if (!shim_append(s, &s->nodes, &value, sizeof value)) shim_poll(L);
  switch (value.kind) {
    case SHIM_OTHER: return complain(r, SHIM_BAD_KIND);
    case SHIM_STRING:
      s->convert_position = shim_bad_text(value.bytes, value.length);
      return s->convert_position == 0 ? 1 : complain(r, SHIM_BAD_TEXT);
    case SHIM_FUNCTION:
      luaL_checkstack(L, 4, "too many levels");
      refer(r, &value);
      put(s, at, value);
      return 1;
    case SHIM_TABLE: return read_table(r, &value, at);
    default: return 1;
  }
}

static void read_begin (Shim *s) {
  shim_shrink(s, &s->nodes);
  s->convert_problem = SHIM_CONVERTIBLE;
  s->convert_position = 0;
  s->convert_path[0] = 0;
}

/* Read the values at first…top, in order. */
int values_read (lua_State *L, Shim *s, int first) {
  Reading r = {.L = L, .s = s};
  read_begin(s);
  int top = lua_gettop(L);
  for (int i = first; i <= top; i++) {
    lua_pushvalue(L, i);
    if (!read_value(&r)) return 0;
    lua_pop(L, 1);
  }
  return 1;
}

static int read_argument_body (lua_State *L) {
  lua_pushboolean(L, values_read(L, self(L), 1));
  return 1;
}

int shim_read_argument (Shim *s, int index) {
  lua_State *L = s->current;
  if (!lua_checkstack(L, 4)) return SHIM_RUNTIME;
  lua_pushcfunction(L, read_argument_body);
  lua_pushvalue(L, index);
  int status = lua_pcall(L, 1, 1, 0);
  int read = status == LUA_OK && lua_toboolean(L, -1);
  if (status == LUA_ERRMEM) shim_starve(s);
  lua_pop(L, 1);
  if (s->reason) return SHIM_EXCEEDED;
  return read ? SHIM_OK : status == LUA_OK ? SHIM_UNCONVERTIBLE : SHIM_RUNTIME;
}

const ShimValue *shim_results (Shim *s, size_t *count) {
  *count = s->nodes.length / sizeof(ShimValue);
  return (const ShimValue *)(const void *)s->nodes.bytes;
}

int shim_unconvertible (Shim *s, size_t *position, const char **path) {
  *position = s->convert_position;
  *path = s->convert_path;
  return s->convert_problem;
}

/* } */

/*
** Rows: 'for row in query:each() do'. A row is a small userdata; reading a
** field goes from the driver's column straight to the stack.
*/
#include <stdlib.h>

#include "Internal.h"

typedef struct Column {
  RowColumn info;
  const char *interned; /* Lua's own copy of the name */
} Column;

/* One block of memory, the names behind the columns. */
struct Cursor {
  RowSource source;
  int count;
  int as_list;
  int64_t most;
  int index;      /* in the shim's list */
  int64_t id;     /* the host's name for it */
  int64_t serial; /* of the row under it, or 0 */
  int64_t unique; /* tells it from a later cursor in the same place */
  int64_t size;
  Column columns[];
};

typedef struct CursorHandle {
  uint32_t tag;
  int32_t index;
  int64_t unique;
} CursorHandle;

typedef struct Row {
  uint32_t tag;
  int32_t index;
  int64_t serial;
} Row;

/* {======== Emitted by the host ======== */

/* Give the statement back. */
static void drop (Shim *s, Cursor *cursor) {
  if (cursor->source.finalize) cursor->source.finalize(cursor->source.context);
  s->host.rows_closed(s->host.host, cursor->id);
  shim_charge(s, -cursor->size);
  free(cursor);
}

void shim_emit_rows (Shim *s, const RowSource *source, const RowColumn *columns, int count,
                     int64_t id, int as_list, int64_t most) {
  Cursor nothing = {.source = *source, .id = id}, *cursor;
  size_t size = sizeof *cursor + (size_t)count * sizeof *cursor->columns;
  for (int i = 0; i < count; i++) size += strlen(columns[i].name) + 1;
  cursor = shim_realloc(NULL, size);
  if (cursor == NULL) {
    shim_starve(s);
    if (source->finalize) source->finalize(source->context);
    s->host.rows_closed(s->host.host, id);
    return;
  }
  *cursor = nothing;
  cursor->count = count;
  cursor->as_list = as_list;
  cursor->most = most;
  cursor->size = (int64_t)size;
  shim_charge(s, cursor->size);
  char *names = (char *)(cursor->columns + count);
  for (int i = 0; i < count; i++) {
    cursor->columns[i].info = columns[i];
    cursor->columns[i].info.name = strcpy(names, columns[i].name);
    cursor->columns[i].interned = names; /* until push_handle interns it */
    names += strlen(names) + 1;
  }
  ShimValue value = {.kind = SHIM_ROWS, .integer = (int64_t)(intptr_t)cursor};
  if (!shim_append(s, &s->emitted, &value, sizeof value)) drop(s, cursor);
}

/* Never reached Lua. */
void rows_emitted_drop (Shim *s, size_t at) {
  ShimValue *value = (ShimValue *)(void *)s->emitted.bytes + at;
  value->kind = SHIM_NIL;
  drop(s, (Cursor *)(intptr_t)value->integer);
}

/* }======== Cursors {======== */

static void close_cursor (Shim *s, Cursor *cursor) {
  s->cursors[cursor->index] = NULL;
  drop(s, cursor);
}

void shim_close_cursors (Shim *s) {
  for (int i = 0; i < s->cursor_capacity; i++)
    if (s->cursors[i]) close_cursor(s, s->cursors[i]);
}

/* A free place in the list, or -1. */
static int free_index (Shim *s) {
  for (int i = 0; i < s->cursor_capacity; i++)
    if (s->cursors[i] == NULL) return i;
  int capacity = s->cursor_capacity ? s->cursor_capacity * 2 : 8;
  Cursor **moved = shim_realloc(s->cursors, (size_t)capacity * sizeof *moved);
  if (moved == NULL) {
    shim_starve(s);
    return -1;
  }
  memset(moved + s->cursor_capacity, 0, (size_t)(capacity - s->cursor_capacity) * sizeof *moved);
  int index = s->cursor_capacity;
  s->cursors = moved;
  s->cursor_capacity = capacity;
  return index;
}

/* From the list of emitted values to the list of open cursors: it is always on one
   of them, so a raise loses nothing. */
static Cursor *adopt (lua_State *L, Shim *s, size_t at) {
  int index = free_index(s);
  if (index < 0) shim_poll(L);
  ShimValue *value = (ShimValue *)(void *)s->emitted.bytes + at;
  Cursor *cursor = (Cursor *)(intptr_t)value->integer;
  value->kind = SHIM_NIL;
  cursor->index = index;
  cursor->unique = ++s->row_serial;
  s->cursors[index] = cursor;
  return cursor;
}

/* Push the handle; its user value keeps the interned names alive. */
static void push_handle (lua_State *L, Shim *s, Cursor *cursor) {
  CursorHandle *handle = lua_newuserdatauv(L, sizeof *handle, 1);
  handle->tag = TAG_CURSOR;
  handle->index = cursor->index;
  handle->unique = cursor->unique;
  lua_createtable(L, cursor->count, 0);
  for (int i = 0; i < cursor->count; i++) {
    cursor->columns[i].interned = lua_pushstring(L, cursor->columns[i].info.name);
    cursor->columns[i].info.name = cursor->columns[i].interned;
    lua_rawseti(L, -2, i + 1);
  }
  lua_setiuservalue(L, -2, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, s->ref_cursor);
  lua_setmetatable(L, -2);
}

/* A closed cursor's memory is gone; only the list knows which are open. */
static Cursor *open_cursor (Shim *s, const CursorHandle *handle) {
  if (handle->index >= s->cursor_capacity) return NULL;
  Cursor *cursor = s->cursors[handle->index];
  return cursor && cursor->unique == handle->unique ? cursor : NULL;
}

static int collect_cursor (lua_State *L) {
  Shim *s = self(L);
  Cursor *cursor = open_cursor(s, lua_touserdata(L, 1));
  if (cursor) close_cursor(s, cursor);
  return 0;
}

static int fail (lua_State *L, Shim *s, Cursor *cursor) {
  RowSource *source = &cursor->source;
  shim_poll(L); /* the statement was interrupted by the deadline */
  const char *message = source->message ? source->message(source->context) : NULL;
  lua_pushstring(L, message ? message : "the rows cannot be read");
  close_cursor(s, cursor);
  luaL_where(L, 1);
  lua_insert(L, -2);
  lua_concat(L, 2);
  return lua_error(L);
}

/* }======== Columns {======== */

static inline void push_column (lua_State *L, RowSource *source, const RowColumn *column, int at) {
  void *context = source->context;
  size_t length;
  switch (source->type(context, at)) {
    case 1: {
      int64_t value = source->integer(context, at);
      if (column->conversion == ROW_PLAIN) lua_pushinteger(L, value);
      else if (column->conversion == ROW_BOOLEAN) lua_pushboolean(L, value != 0);
      else decimals_push(L, value, column->places);
      break;
    }
    case 2: lua_pushnumber(L, source->real(context, at)); break;
    case 3: case 4: {
      const char *text = source->text(context, at, &length);
      if (text) lua_pushlstring(L, text, length);
      else lua_pushnil(L);
      break;
    }
    default: lua_pushnil(L); break;
  }
}

static int find_column (Cursor *cursor, const char *name, size_t length) {
  for (int i = 0; i < cursor->count; i++)
    if (cursor->columns[i].interned == name) return i;
  if (length <= 40) return -1; /* short strings are interned */
  for (int i = 0; i < cursor->count; i++)
    if (strcmp(cursor->columns[i].interned, name) == 0) return i;
  return -1;
}

static void push_state (lua_State *L, Cursor *cursor, int column) {
  RowSource *source = &cursor->source;
  int state = cursor->columns[column].info.state;
  if (state >= 0 && source->type(source->context, state) != 5) {
    size_t length;
    const char *text = source->text(source->context, state, &length);
    lua_pushlstring(L, text, length);
  } else if (source->type(source->context, column) == 5) {
    lua_pushliteral(L, "missing");
  } else {
    lua_pushliteral(L, "present");
  }
}

/* }======== A live row {======== */

static Row *row_at (lua_State *L, int index) {
  Row *row = lua_touserdata(L, index);
  return row && !lua_islightuserdata(L, index) && row->tag == TAG_ROW ? row : NULL;
}

static Cursor *cursor_of (lua_State *L, Row *row) {
  Shim *s = self(L);
  Cursor *cursor = row->index < s->cursor_capacity ? s->cursors[row->index] : NULL;
  if (cursor == NULL || cursor->serial != row->serial)
    luaL_error(L, "this row has passed; keep its values, or use list()");
  return cursor;
}

static int unknown_field (lua_State *L, Cursor *cursor, const char *name, size_t length) {
  Shim *s = self(L);
  int status = s->host.unknown_field(s->host.host, cursor->id, name, length);
  shim_poll(L);
  if (status < 0) return calls_raise(L, s, status);
  size_t next = 0;
  if (status == 0) lua_pushnil(L);
  else values_build(L, s, &next);
  values_emitted_done(s);
  return 1;
}

static int row_state (lua_State *L) {
  Row *row = row_at(L, 1);
  luaL_argexpected(L, row, 1, "row");
  size_t length;
  const char *name = luaL_checklstring(L, 2, &length);
  Cursor *cursor = cursor_of(L, row);
  int column = find_column(cursor, name, length);
  if (column < 0) return unknown_field(L, cursor, name, length);
  push_state(L, cursor, column);
  return 1;
}

/* Only the interpreter calls this, with a row: scripts cannot get hold of it. */
static int row_index (lua_State *L) {
  Row *row = lua_touserdata(L, 1);
  size_t length;
  const char *name = lua_tolstring(L, 2, &length);
  if (name == NULL) return luaL_error(L, "a row is read by the name of a field");
  Cursor *cursor = cursor_of(L, row);
  int column = find_column(cursor, name, length);
  if (column >= 0) {
    push_column(L, &cursor->source, &cursor->columns[column].info, column);
    return 1;
  }
  if (length == 5 && memcmp(name, "state", 5) == 0) {
    lua_pushcfunction(L, row_state);
    return 1;
  }
  return unknown_field(L, cursor, name, length);
}

static int row_newindex (lua_State *L) {
  return luaL_error(L, "a row cannot be changed");
}

/* Upvalues: the cursor's handle, the rows' metatable. */
static int next_row (lua_State *L) {
  Shim *s = self(L);
  CursorHandle *handle = lua_touserdata(L, lua_upvalueindex(1));
  Cursor *cursor = open_cursor(s, handle);
  if (cursor == NULL) return 0;
  cursor->serial = 0;
  int status = cursor->source.step(cursor->source.context);
  if (status == 1) {
    Row *row = lua_newuserdatauv(L, sizeof *row, 0);
    row->tag = TAG_ROW;
    row->index = handle->index;
    row->serial = cursor->serial = ++s->row_serial;
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_setmetatable(L, -2);
    return 1;
  }
  if (status < 0) return fail(L, s, cursor);
  close_cursor(s, cursor);
  return 0;
}

/* }======== Copies {======== */

/* Upvalue: the states of fields that are not present. */
static int copied_state (lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_pushvalue(L, 2);
  if (lua_istable(L, lua_upvalueindex(1)) && lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
    return 1;
  lua_pushliteral(L, "present");
  return 1;
}

/* Push a metatable whose 'state' knows the table of states on the top. */
static void push_copy_metatable (lua_State *L) {
  lua_pushcclosure(L, copied_state, 1);
  lua_createtable(L, 0, 1);
  lua_insert(L, -2);
  lua_setfield(L, -2, "state");
  lua_createtable(L, 0, 2);
  lua_insert(L, -2);
  lua_setfield(L, -2, "__index");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
}

/* The row copied is at 'copy': give it its states. */
static void set_states (lua_State *L, Shim *s, Cursor *cursor, int copy, int absent) {
  if (absent == 0) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->ref_copied);
  } else {
    lua_createtable(L, 0, absent);
    for (int i = 0; i < cursor->count; i++) {
      if (cursor->source.type(cursor->source.context, i) != 5) continue;
      lua_pushstring(L, cursor->columns[i].interned);
      push_state(L, cursor, i);
      lua_rawset(L, -3);
    }
    push_copy_metatable(L);
  }
  lua_setmetatable(L, copy);
}

/* Push the row under the cursor as a table; the names are at 'names'. */
static void push_copy (lua_State *L, Shim *s, Cursor *cursor, int names) {
  int absent = 0;
  lua_createtable(L, 0, cursor->count);
  int copy = lua_gettop(L);
  for (int i = 0; i < cursor->count; i++) {
    lua_rawgeti(L, names, i + 1);
    push_column(L, &cursor->source, &cursor->columns[i].info, i);
    absent += lua_isnil(L, -1);
    lua_rawset(L, copy);
  }
  set_states(L, s, cursor, copy, absent);
}

/* All rows as a list of tables. The handle is on the top, so nothing leaks when
   this raises. */
static int push_list (lua_State *L, Shim *s, Cursor *cursor, int64_t most) {
  int64_t count = 0;
  int status = 0;
  CursorHandle *handle = lua_touserdata(L, -1);
  lua_getiuservalue(L, -1, 1);
  int names = lua_gettop(L);
  lua_newtable(L);
  luaL_checkstack(L, 10, "too many levels");
  while ((most < 0 || count < most) && (status = cursor->source.step(cursor->source.context)) == 1) {
    push_copy(L, s, cursor, names);
    lua_rawseti(L, names + 1, ++count);
    if ((count & 63) == 0) shim_steps(L, 64 * cursor->count);
    if (open_cursor(s, handle) == NULL) return luaL_error(L, "the rows were closed");
  }
  if (status < 0) return fail(L, s, cursor);
  close_cursor(s, cursor);
  return 1;
}

/* }======== Opening {======== */

/* Push what the host's rows are in Lua: the iterator, or the list. */
int rows_push (lua_State *L, Shim *s, size_t at) {
  luaL_checkstack(L, 12, "too many levels");
  Cursor *cursor = adopt(L, s, at);
  int as_list = cursor->as_list;
  int64_t most = cursor->most;
  push_handle(L, s, cursor);
  if (as_list) {
    push_list(L, s, cursor, most);
    if (as_list == 2) lua_rawgeti(L, -1, 1); /* the first row, or nil */
    return 1;
  }
  lua_rawgeti(L, LUA_REGISTRYINDEX, s->ref_row);
  lua_pushcclosure(L, next_row, 2);
  return 1;
}

void rows_open (lua_State *L) {
  Shim *s = self(L);
  lua_createtable(L, 0, 4);
  lua_pushcfunction(L, row_index);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, row_newindex);
  lua_setfield(L, -2, "__newindex");
  lua_pushliteral(L, "row");
  lua_setfield(L, -2, "__name");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  s->ref_row = luaL_ref(L, LUA_REGISTRYINDEX);
  lua_createtable(L, 0, 2);
  lua_pushcfunction(L, collect_cursor);
  lua_setfield(L, -2, "__gc");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  s->ref_cursor = luaL_ref(L, LUA_REGISTRYINDEX);
  lua_pushnil(L);
  push_copy_metatable(L);
  s->ref_copied = luaL_ref(L, LUA_REGISTRYINDEX);
}

/* } */

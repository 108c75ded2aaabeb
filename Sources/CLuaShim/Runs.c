/*
** The host runs a script: shim_run, shim_call, shim_check, and what came of it.
*/
#include <stdio.h>
#include <stdlib.h>

#include "Internal.h"

/* {======== What it asks for ======== */

typedef struct Request {
  const char *source; /* NULL for a call */
  size_t length;
  const char *name;
  int64_t function;
  int arguments;
  int only_check;
} Request;

static void set_message (Shim *s, const char *bytes, size_t length) {
  s->message.length = 0;
  if (length > 65536) length = 65536;
  shim_append(s, &s->message, bytes, length);
}

static void load_source (lua_State *L, Shim *s, const Request *request) {
  if (source_refused(L, request->source, request->length, request->name)) {
    s->syntax = 1;
    lua_error(L);
  }
  size_t length = request->length;
  const char *source = source_text(request->source, &length);
  if (length > 0 && *source == '#') /* first line of an executable file */
    while (length > 0 && *source != '\n') source++, length--;
  if (source_load(L, source, length, request->name) != LUA_OK) {
    if (s->reason) { /* stopped while compiling: before any line */
      strncpy(s->stop_place.chunk, request->name + 1, sizeof s->stop_place.chunk - 1);
      lua_error(L);
    }
    s->syntax = 1;
    size_t size;
    const char *message = lua_tolstring(L, -1, &size);
    s->incomplete = size >= 5 && strcmp(message + size - 5, "<eof>") == 0;
    lua_error(L);
  }
}

static int invoke_body (lua_State *L) {
  Shim *s = self(L);
  const Request *request = lua_touserdata(L, 1);
  size_t next = 0;
  lua_settop(L, 0);
  luaL_checkstack(L, request->arguments + 8, "too many arguments");
  if (request->source) {
    load_source(L, s, request);
    if (request->only_check) return 0;
  } else {
    lua_rawgeti(L, LUA_REGISTRYINDEX, s->ref_functions);
    lua_rawgeti(L, -1, request->function);
    lua_remove(L, 1);
  }
  for (int i = 0; i < request->arguments; i++) values_build(L, s, &next);
  values_emitted_done(s);
  lua_call(L, request->arguments, LUA_MULTRET);
  shim_poll(L);
  int results = lua_gettop(L);
  int read = values_read(L, s, 1);
  lua_settop(L, results);
  lua_pushboolean(L, read);
  lua_insert(L, 1);
  return results + 1;
}

/* Whether the error on the top comes from a full stack, Lua's or C's: its text says
   so, and so does the stack itself. */
static int is_deep (lua_State *L, Shim *s) {
  const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
  if (text == NULL || strstr(text, "stack overflow") == NULL) return 0;
  if (s->overflowed) return MAX_C_CALLS;
  if (!lua_checkstack(L, LUAI_MAXSTACK / 50)) return LUAI_MAXSTACK;
  lua_Debug ar;
  int crossings = 0;
  for (int level = 0; level < 1000 && lua_getstack(L, level, &ar); level++)
    if (lua_getinfo(L, "Sn", &ar) && (*ar.what == 'C' || strcmp(ar.namewhat, "metamethod") == 0))
      crossings++;
  return crossings > MAX_C_CALLS / 2 ? MAX_C_CALLS : 0;
}

/* {======== Where an error was raised ======== */

#define MAX_TRACEBACK 16384

static void append_traceback (lua_State *L, Shim *s, Buffer *buffer, lua_State *from) {
  size_t length;
  luaL_traceback(L, from, NULL, L == from);
  const char *text = lua_tolstring(L, -1, &length);
  size_t room = buffer->length < MAX_TRACEBACK ? MAX_TRACEBACK - buffer->length : 0;
  shim_append(s, buffer, text, length > room ? room : length);
  shim_append(s, buffer, "\n", 1);
  lua_pop(L, 1);
}

static bool holds_text (lua_State *L, const Buffer *buffer) {
  size_t length;
  if (lua_type(L, -1) != LUA_TSTRING || buffer->length == 0) return false;
  const char *text = lua_tolstring(L, -1, &length);
  return length == buffer->length && memcmp(text, buffer->bytes, length) == 0;
}

static void hold_text (lua_State *L, Shim *s, Buffer *buffer) {
  size_t length;
  buffer->length = 0;
  if (lua_type(L, -1) != LUA_TSTRING) return;
  const char *text = lua_tolstring(L, -1, &length);
  if (length <= 65536) shim_append(s, buffer, text, length);
}

/* The error on the top leaves a stack that nobody will see any more: that of a coroutine, or
   of a file that was required. Remember where it was raised, and by which calls. */
void runs_note_raised (lua_State *L, lua_State *from) {
  Shim *s = self(L);
  if (!lua_checkstack(L, 10)) return;
  if (!holds_text(L, &s->raised)) {
    s->raised_place = (ShimPlace){{0}, 0};
    s->raised_traceback.length = 0;
    hold_text(L, s, &s->raised);
  }
  if (s->raised_place.line == 0) shim_find_place(from, &s->raised_place);
  append_traceback(L, s, &s->raised_traceback, from);
}

/* The error that was noted last is on the top under another text. */
void runs_rename_raised (lua_State *L) {
  hold_text(L, self(L), &self(L)->raised);
}

/* The message on the top says why a file is no Lua. */
void runs_note_unloaded (lua_State *L, const char *name) {
  Shim *s = self(L);
  hold_text(L, s, &s->unloaded);
  strncpy(s->unloaded_name, name, sizeof s->unloaded_name - 1);
}

static int tostring_body (lua_State *L) {
  luaL_tolstring(L, 1, NULL);
  return 1;
}

/* An error that is an object speaks for itself, where it can. */
static void let_speak (lua_State *L) {
  int type = lua_type(L, -1);
  if ((type != LUA_TTABLE && type != LUA_TUSERDATA) || !lua_checkstack(L, 10)) return;
  if (luaL_getmetafield(L, -1, "__tostring") == LUA_TNIL) return;
  lua_pop(L, 1);
  lua_pushcfunction(L, tostring_body);
  lua_pushvalue(L, -2);
  if (lua_pcall(L, 1, 1, 0) == LUA_OK && lua_type(L, -1) == LUA_TSTRING) lua_replace(L, -2);
  else lua_pop(L, 1);
}

static int handler (lua_State *L) {
  Shim *s = self(L);
  if (s->reason || s->due_time) return 1;
  s->error_place.line = 0;
  s->error_place.chunk[0] = 0;
  if (s->syntax) return 1;
  s->deep = is_deep(L, s);
  bool known = holds_text(L, &s->raised);
  if (known) s->error_place = s->raised_place;
  if (s->error_place.line == 0) shim_find_place(L, &s->error_place);
  if (lua_checkstack(L, 10)) {
    s->traceback.length = 0;
    if (known) shim_append(s, &s->traceback, s->raised_traceback.bytes, s->raised_traceback.length);
    append_traceback(L, s, &s->traceback, L);
  }
  let_speak(L);
  return 1;
}

/* } */

/* A syntax error names its place itself: 'chunk:line: …'. The chunk's name may be cut
   short, and may hold ':7' itself: the line is what stands after the whole of it. */
static void place_of_syntax (Shim *s, const char *name) {
  strncpy(s->error_place.chunk, name + 1, sizeof s->error_place.chunk - 1);
  s->error_place.line = 0;
  size_t least = strlen(name + 1);
  if (least >= LUA_IDSIZE) least = LUA_IDSIZE - 1;
  for (size_t i = least; i + 1 < s->message.length; i++) {
    if (s->message.bytes[i] != ':') continue;
    int line = atoi(s->message.bytes + i + 1);
    if (line > 0) { s->error_place.line = line; return; }
  }
}

void runs_keep_error (lua_State *L, Shim *s) {
  char text[96];
  if (lua_type(L, -1) == LUA_TSTRING) {
    size_t length;
    const char *message = lua_tolstring(L, -1, &length);
    set_message(s, message, length);
  } else {
    int written = lua_isinteger(L, -1)
      ? snprintf(text, sizeof text, "%lld", (long long)lua_tointeger(L, -1))
      : lua_isnumber(L, -1) ? snprintf(text, sizeof text, "%.14g", lua_tonumber(L, -1))
      : snprintf(text, sizeof text, "(error object is a %s value)", luaL_typename(L, -1));
    set_message(s, text, (size_t)written);
  }
  if (shim_append(s, &s->message, "", 1)) s->message.length--;
  else s->message.length = 0;
}

static int outcome (lua_State *L, Shim *s, int status, int base) {
  if (status != LUA_OK && s->refused) shim_starve(s);
  if (status != LUA_OK && s->deep && s->reason == SHIM_WITHIN) {
    s->reason = SHIM_DEPTH;
    s->stop_used = s->stop_limit = s->deep;
    s->stop_place = s->error_place;
  }
  if (s->reason) return SHIM_EXCEEDED;
  if (status != LUA_OK) {
    runs_keep_error(L, s);
    if (s->reason) return SHIM_EXCEEDED;
    if (!s->syntax && holds_text(L, &s->unloaded)) s->syntax = 2; /* of a required file */
    return s->syntax ? SHIM_SYNTAX : SHIM_RUNTIME;
  }
  if (lua_gettop(L) > base && !lua_toboolean(L, base + 1)) return SHIM_UNCONVERTIBLE;
  return SHIM_OK;
}

static int invoke (Shim *s, Request *request) {
  lua_State *L = s->current;
  if (s->reason == SHIM_WITHIN && !lua_checkstack(L, LUA_MINSTACK)) shim_starve(s);
  if (!shim_enter(s)) {
    shim_leave(s);
    shim_forget_emitted(s);
    return SHIM_EXCEEDED;
  }
  int base = lua_gettop(L);
  s->syntax = s->incomplete = s->deep = s->overflowed = 0;
  s->traceback.length = s->message.length = 0;
  s->raised.length = s->raised_traceback.length = s->unloaded.length = 0;
  lua_pushcfunction(L, handler);
  lua_pushcfunction(L, invoke_body);
  lua_pushlightuserdata(L, request);
  int status = lua_pcall(L, 1, LUA_MULTRET, base + 1);
  s->current = L;
  lua_remove(L, base + 1);
  int result = outcome(L, s, status, base);
  if (result == SHIM_SYNTAX)
    place_of_syntax(s, s->syntax == 2 ? s->unloaded_name : request->name);
  if (result != SHIM_OK) {
    lua_settop(L, base);
    shim_forget_emitted(s);
  }
  s->pending_top = base;
  shim_leave(s);
  return result;
}

int shim_run (Shim *s, const char *source, size_t length, const char *name, int arguments) {
  Request request = {source ? source : "", length, name, 0, arguments, 0};
  return invoke(s, &request);
}

int shim_call (Shim *s, int64_t function, int arguments) {
  Request request = {NULL, 0, "=?", function, arguments, 0};
  return invoke(s, &request);
}

int shim_check (Shim *s, const char *source, size_t length, const char *name) {
  Request request = {source ? source : "", length, name, 0, 0, 1};
  return invoke(s, &request);
}

int shim_result_count (Shim *s) {
  int count = lua_gettop(s->current) - s->pending_top;
  return count > 0 ? count - 1 : 0;
}

void shim_done (Shim *s) {
  lua_settop(s->current, s->pending_top);
  shim_shrink(s, &s->nodes);
}

const char *shim_message (Shim *s, size_t *length) {
  *length = s->message.length;
  return s->message.bytes;
}

const char *shim_traceback (Shim *s, size_t *length) {
  *length = s->traceback.length;
  return s->traceback.bytes;
}

int shim_is_incomplete (Shim *s) {
  return s->incomplete;
}

/* } */

/*
** Patterns by section 6.4.1 of the manual, with every step counted, so that a
** deadline or an instruction budget ends any search. Depth is bounded too.
*/
#define _GNU_SOURCE
#include <ctype.h>
#include <stdlib.h>

#include "Internal.h"

#define MAX_CAPTURES 32
#define MAX_NESTING 200
#define STEPS_BETWEEN_LOOKS 20000

enum { OPEN = -1, POSITION = -2 };

typedef struct Capture {
  const char *start;
  ptrdiff_t length; /* or OPEN, POSITION */
} Capture;

typedef struct Search {
  lua_State *L;
  const char *text, *text_end;
  const char *pattern_end;
  int64_t credit; /* steps until the next look */
  int nesting;
  int level;
  Capture captures[MAX_CAPTURES];
} Search;

static const char *match (Search *m, const char *s, const char *p);

static void spend (Search *m, int64_t steps) {
  m->credit -= steps;
  if (m->credit > 0) return;
  shim_steps(m->L, STEPS_BETWEEN_LOOKS - m->credit);
  m->credit = STEPS_BETWEEN_LOOKS;
}

/* {======== One character ======== */

/* Past the single-character item that starts at p. */
static inline const char *item_end (Search *m, const char *p) {
  if (p == m->pattern_end) luaL_error(m->L, "malformed pattern (ends with '%%')");
  char first = *p++;
  if (first == '%') {
    if (p == m->pattern_end) luaL_error(m->L, "malformed pattern (ends with '%%')");
    return p + 1;
  }
  if (first != '[') return p;
  if (p < m->pattern_end && *p == '^') p++;
  do { /* a first ']' stands for itself */
    if (p == m->pattern_end) luaL_error(m->L, "malformed pattern (missing ']')");
    char c = *p++;
    if (c == '%') {
      if (p == m->pattern_end) luaL_error(m->L, "malformed pattern (missing ']')");
      p++;
    }
  } while (p == m->pattern_end || *p != ']');
  return p + 1;
}

static inline __attribute__((always_inline)) bool in_class (int c, int class) {
  int inside;
  switch (class | 0x20) {
    case 'a': inside = isalpha(c); break;
    case 'c': inside = iscntrl(c); break;
    case 'd': inside = isdigit(c); break;
    case 'g': inside = isgraph(c); break;
    case 'l': inside = islower(c); break;
    case 'p': inside = ispunct(c); break;
    case 's': inside = isspace(c); break;
    case 'u': inside = isupper(c); break;
    case 'w': inside = isalnum(c); break;
    case 'x': inside = isxdigit(c); break;
    default: return class == c;
  }
  if (!isalpha(class)) return class == c;
  return isupper(class) ? !inside : inside != 0;
}

/* A set, from its '[' to its ']'. */
static bool in_set (int c, const char *p, const char *last) {
  bool wanted = true;
  if (p[1] == '^') {
    wanted = false;
    p++;
  }
  while (++p < last) {
    if (*p == '%') {
      p++;
      if (in_class(c, (unsigned char)*p)) return wanted;
    } else if (p[1] == '-' && p + 2 < last) {
      if ((unsigned char)p[0] <= c && c <= (unsigned char)p[2]) return wanted;
      p += 2;
    } else if ((unsigned char)*p == c) {
      return wanted;
    }
  }
  return !wanted;
}

static inline __attribute__((always_inline)) bool fits (Search *m, const char *s, const char *p, const char *end) {
  if (s >= m->text_end) return false;
  int c = (unsigned char)*s;
  switch (*p) {
    case '.': return true;
    case '%': return in_class(c, (unsigned char)p[1]);
    case '[':
      if (end - p > 16) spend(m, (end - p) / 8);
      return in_set(c, p, end - 1);
    default: return (unsigned char)*p == c;
  }
}

/* }======== Items {======== */

static const char *longest (Search *m, const char *s, const char *p, const char *end) {
  ptrdiff_t count = 0;
  while (fits(m, s + count, p, end)) {
    count++;
    if ((count & 1023) == 0) spend(m, 1024);
  }
  spend(m, count & 1023);
  for (; count >= 0; count--) {
    const char *found = match(m, s + count, end + 1);
    if (found) return found;
  }
  return NULL;
}

static const char *shortest (Search *m, const char *s, const char *p, const char *end) {
  for (;;) {
    const char *found = match(m, s, end + 1);
    if (found) return found;
    if (!fits(m, s, p, end)) return NULL;
    s++;
  }
}

static const char *balanced (Search *m, const char *s, const char *p) {
  if (p >= m->pattern_end - 1)
    luaL_error(m->L, "malformed pattern (missing arguments to '%%b')");
  if (s >= m->text_end || *s != *p) return NULL;
  char open = p[0], close = p[1];
  int depth = 1;
  const char *from = s;
  while (++s < m->text_end) {
    if (*s == close) {
      if (--depth == 0) {
        spend(m, (s - from) / 4);
        return s + 1;
      }
    } else if (*s == open) {
      depth++;
    }
    if (((s - from) & 4095) == 0) {
      spend(m, 1024);
      from = s;
    }
  }
  spend(m, (s - from) / 4);
  return NULL;
}

static const char *open_capture (Search *m, const char *s, const char *p, ptrdiff_t what) {
  if (m->level >= MAX_CAPTURES) luaL_error(m->L, "too many captures");
  m->captures[m->level].start = s;
  m->captures[m->level].length = what;
  m->level++;
  const char *found = match(m, s, p);
  if (found == NULL) m->level--;
  return found;
}

static const char *close_capture (Search *m, const char *s, const char *p) {
  int level = m->level - 1;
  while (level >= 0 && m->captures[level].length != OPEN) level--;
  if (level < 0) luaL_error(m->L, "invalid pattern capture");
  m->captures[level].length = s - m->captures[level].start;
  const char *found = match(m, s, p);
  if (found == NULL) m->captures[level].length = OPEN;
  return found;
}

static const char *same_again (Search *m, const char *s, int digit) {
  int level = digit - '1';
  if (level < 0 || level >= m->level || m->captures[level].length == OPEN)
    luaL_error(m->L, "invalid capture index %%%d", level + 1);
  ptrdiff_t length = m->captures[level].length;
  if (length < 0) length = 0;
  spend(m, length / 8);
  if (m->text_end - s < length || memcmp(m->captures[level].start, s, (size_t)length) != 0)
    return NULL;
  return s + length;
}

static bool at_frontier (Search *m, const char *s, const char *set, const char *end) {
  int before = s == m->text ? 0 : (unsigned char)s[-1];
  int after = s == m->text_end ? 0 : (unsigned char)*s;
  spend(m, (end - set) / 4);
  return !in_set(before, set, end - 1) && in_set(after, set, end - 1);
}

/* }======== A pattern {======== */

/* Where a match of p from s ends, or NULL. Only alternatives take C stack. */
static const char *match (Search *m, const char *s, const char *p) {
  if (--m->nesting == 0) luaL_error(m->L, "pattern too complex");
  const char *const pattern_end = m->pattern_end;
  for (;;) {
    if (--m->credit <= 0) spend(m, 0);
    if (p == pattern_end) break;
    switch (*p) {
      case '(':
        s = p + 1 < pattern_end && p[1] == ')' ? open_capture(m, s, p + 2, POSITION)
                                               : open_capture(m, s, p + 1, OPEN);
        goto done;
      case ')':
        s = close_capture(m, s, p + 1);
        goto done;
      case '$':
        if (p + 1 != pattern_end) break;
        s = s == m->text_end ? s : NULL;
        goto done;
      case '%':
        if (p + 1 < pattern_end && p[1] == 'b') {
          s = balanced(m, s, p + 2);
          if (s == NULL) goto done;
          p += 4;
          continue;
        }
        if (p + 1 < pattern_end && p[1] == 'f') {
          p += 2;
          if (p == pattern_end || *p != '[')
            luaL_error(m->L, "missing '[' after '%%f' in pattern");
          const char *end = item_end(m, p);
          if (!at_frontier(m, s, p, end)) { s = NULL; goto done; }
          p = end;
          continue;
        }
        if (p + 1 < pattern_end && isdigit((unsigned char)p[1])) {
          s = same_again(m, s, (unsigned char)p[1]);
          if (s == NULL) goto done;
          p += 2;
          continue;
        }
        break;
      default: break;
    }
    const char *end = item_end(m, p);
    char suffix = end < pattern_end ? *end : 0;
    if (suffix == '*') { s = longest(m, s, p, end); goto done; }
    if (suffix == '-') { s = shortest(m, s, p, end); goto done; }
    bool fit = fits(m, s, p, end);
    if (suffix == '?') {
      if (fit) {
        const char *found = match(m, s + 1, end + 1);
        if (found) { s = found; goto done; }
      }
      p = end + 1;
      continue;
    }
    if (!fit) { s = NULL; goto done; }
    if (suffix == '+') { s = longest(m, s + 1, p, end); goto done; }
    s++;
    p = end;
  }
done:
  m->nesting++;
  return s;
}

static void begin (Search *m, lua_State *L, const char *text, size_t text_length,
                   const char *pattern, size_t pattern_length) {
  m->L = L;
  m->text = text;
  m->text_end = text + text_length;
  m->pattern_end = pattern + pattern_length;
  m->credit = STEPS_BETWEEN_LOOKS;
  m->nesting = MAX_NESTING;
  m->level = 0;
}

/* Charge what was not looked at yet. */
static void finish (Search *m) {
  Shim *s = self(m->L);
  if (s->limits.instructions > 0) shim_steps(m->L, STEPS_BETWEEN_LOOKS - m->credit);
}

static inline const char *attempt (Search *m, const char *s, const char *p) {
  m->level = 0;
  m->nesting = MAX_NESTING;
  return match(m, s, p);
}

/* }======== Captures {======== */

static void push_capture (Search *m, int index, const char *s, const char *end) {
  if (index >= m->level) {
    if (index != 0) luaL_error(m->L, "invalid capture index %%%d", index + 1);
    lua_pushlstring(m->L, s, (size_t)(end - s));
    return;
  }
  Capture capture = m->captures[index];
  if (capture.length == OPEN) luaL_error(m->L, "unfinished capture");
  if (capture.length == POSITION) lua_pushinteger(m->L, capture.start - m->text + 1);
  else lua_pushlstring(m->L, capture.start, (size_t)capture.length);
}

static int push_captures (Search *m, const char *s, const char *end) {
  int count = m->level == 0 && s ? 1 : m->level;
  luaL_checkstack(m->L, count, "too many captures");
  for (int i = 0; i < count; i++) push_capture(m, i, s, end);
  return count;
}

/* }======== find and match {======== */

static size_t start_of (lua_Integer position, size_t length) {
  if (position > 0) return (size_t)position - 1;
  if (position == 0) return 0;
  if (position < -(lua_Integer)length) return 0;
  return length - (size_t)(-position);
}

static bool is_plain (const char *pattern, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (pattern[i] != 0 && strchr("^$*+?.([%-", pattern[i])) return false;
  return true;
}

/* glibc's memmem is linear in the worst case. */
static int find_plain (lua_State *L, const char *text, size_t length, size_t from,
                       const char *needle, size_t needle_length) {
  shim_steps(L, (int64_t)((length - from) / 64));
  const char *found = needle_length == 0 ? text + from
    : memmem(text + from, length - from, needle, needle_length);
  if (found == NULL) {
    lua_pushnil(L);
    return 1;
  }
  lua_pushinteger(L, found - text + 1);
  lua_pushinteger(L, found - text + (lua_Integer)needle_length);
  return 2;
}

static int search (lua_State *L, bool find) {
  size_t text_length, pattern_length;
  const char *text = luaL_checklstring(L, 1, &text_length);
  const char *pattern = luaL_checklstring(L, 2, &pattern_length);
  size_t from = start_of(luaL_optinteger(L, 3, 1), text_length);
  if (from > text_length) {
    lua_pushnil(L);
    return 1;
  }
  if (find && (lua_toboolean(L, 4) || is_plain(pattern, pattern_length)))
    return find_plain(L, text, text_length, from, pattern, pattern_length);
  bool anchored = pattern_length > 0 && *pattern == '^';
  if (anchored) pattern++, pattern_length--;
  Search m;
  begin(&m, L, text, text_length, pattern, pattern_length);
  for (const char *s = text + from; s <= m.text_end; s++) {
    const char *end = attempt(&m, s, pattern);
    if (end) {
      finish(&m);
      if (!find) return push_captures(&m, s, end);
      lua_pushinteger(L, s - text + 1);
      lua_pushinteger(L, end - text);
      return push_captures(&m, NULL, NULL) + 2;
    }
    if (anchored) break;
  }
  finish(&m);
  lua_pushnil(L);
  return 1;
}

static int string_find (lua_State *L) {
  return search(L, true);
}

static int string_match (lua_State *L) {
  return search(L, false);
}

/* }======== gmatch {======== */

/* Upvalues: text, pattern, next position, end of the last match (or -1). */
static int next_match (lua_State *L) {
  size_t text_length, pattern_length;
  const char *text = lua_tolstring(L, lua_upvalueindex(1), &text_length);
  const char *pattern = lua_tolstring(L, lua_upvalueindex(2), &pattern_length);
  lua_Integer from = lua_tointeger(L, lua_upvalueindex(3));
  lua_Integer last = lua_tointeger(L, lua_upvalueindex(4));
  Search m;
  begin(&m, L, text, text_length, pattern, pattern_length);
  if (from > (lua_Integer)text_length) return 0;
  for (const char *s = text + from; s <= m.text_end; s++) {
    const char *end = attempt(&m, s, pattern);
    if (end == NULL || end - text == last) continue;
    finish(&m);
    lua_pushinteger(L, end - text);
    lua_copy(L, -1, lua_upvalueindex(3));
    lua_replace(L, lua_upvalueindex(4));
    return push_captures(&m, s, end);
  }
  finish(&m);
  return 0;
}

static int string_gmatch (lua_State *L) {
  size_t length;
  luaL_checklstring(L, 1, &length);
  luaL_checkstring(L, 2);
  size_t from = start_of(luaL_optinteger(L, 3, 1), length);
  if (from > length) from = length + 1;
  lua_settop(L, 2);
  lua_pushinteger(L, (lua_Integer)from);
  lua_pushinteger(L, -1);
  lua_pushcclosure(L, next_match, 4);
  return 1;
}

/* }======== gsub {======== */

/* Append the replacement text with its %0…%9 filled in. */
static void add_text (Search *m, luaL_Buffer *buffer, const char *s, const char *end) {
  lua_State *L = m->L;
  size_t length;
  const char *text = lua_tolstring(L, 3, &length);
  const char *stop = text + length, *mark;
  while ((mark = memchr(text, '%', (size_t)(stop - text))) != NULL) {
    spend(m, 2); /* nothing may be added: the text of %0 can be empty */
    luaL_addlstring(buffer, text, (size_t)(mark - text));
    int c = mark + 1 < stop ? (unsigned char)mark[1] : 0;
    if (c == '%') {
      luaL_addchar(buffer, '%');
    } else if (c == '0') {
      luaL_addlstring(buffer, s, (size_t)(end - s));
    } else if (isdigit(c)) {
      push_capture(m, c - '1', s, end);
      luaL_tolstring(L, -1, NULL);
      lua_remove(L, -2);
      luaL_addvalue(buffer);
    } else {
      luaL_error(L, "invalid use of '%%' in replacement string");
    }
    text = mark + 2;
  }
  luaL_addlstring(buffer, text, (size_t)(stop - text));
}

/* Append what replaces the match; gives whether it differs. */
static bool add_value (Search *m, luaL_Buffer *buffer, const char *s, const char *end, int type) {
  lua_State *L = m->L;
  if (type == LUA_TFUNCTION) {
    lua_pushvalue(L, 3);
    lua_call(L, push_captures(m, s, end), 1);
  } else if (type == LUA_TTABLE) {
    push_capture(m, 0, s, end);
    lua_gettable(L, 3);
  } else {
    add_text(m, buffer, s, end);
    return true;
  }
  if (!lua_toboolean(L, -1)) {
    lua_pop(L, 1);
    luaL_addlstring(buffer, s, (size_t)(end - s));
    return false;
  }
  if (!lua_isstring(L, -1))
    return luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
  luaL_addvalue(buffer);
  return true;
}

static int string_gsub (lua_State *L) {
  size_t text_length, pattern_length;
  const char *text = luaL_checklstring(L, 1, &text_length);
  const char *pattern = luaL_checklstring(L, 2, &pattern_length);
  int type = lua_type(L, 3);
  luaL_argexpected(L, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION
                   || type == LUA_TTABLE, 3, "string/function/table");
  lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)text_length + 1), count = 0;
  bool anchored = pattern_length > 0 && *pattern == '^', changed = false;
  if (anchored) pattern++, pattern_length--;
  if (type == LUA_TNUMBER) lua_tolstring(L, 3, NULL);
  const char *s = text, *last = NULL;
  Search m;
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  begin(&m, L, text, text_length, pattern, pattern_length);
  while (count < most) {
    const char *end = attempt(&m, s, pattern);
    if (end != NULL && end != last) {
      count++;
      changed = add_value(&m, &buffer, s, end, type) | changed;
      s = last = end;
    } else if (s < m.text_end) {
      luaL_addchar(&buffer, *s++);
    } else {
      break;
    }
    if (anchored) break;
  }
  finish(&m);
  if (changed) {
    luaL_addlstring(&buffer, s, (size_t)(m.text_end - s));
    luaL_pushresult(&buffer);
  } else {
    lua_pushvalue(L, 1);
  }
  lua_pushinteger(L, count);
  return 2;
}

/* }======== rep {======== */

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

void patterns_open (lua_State *L) {
  static const luaL_Reg functions[] = {
    {"find", string_find}, {"match", string_match}, {"gmatch", string_gmatch},
    {"gsub", string_gsub}, {"rep", string_rep}, {NULL, NULL}
  };
  lua_getglobal(L, LUA_STRLIBNAME);
  luaL_setfuncs(L, functions, 0);
  lua_pop(L, 1);
}

/* } */

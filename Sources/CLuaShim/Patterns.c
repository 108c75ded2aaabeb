/*
** Patterns by section 6.4.1 of the manual, with every step counted, so that a
** deadline or an instruction budget ends any search. Depth is bounded too.
*/
#define _GNU_SOURCE
#include <pthread.h>

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

/* The classes of each byte as bits, those of the C locale whatever the host's. */
enum {
  ALPHA = 1, CONTROL = 2, DIGIT = 4, PRINTING = 8, LOWER = 16, PUNCTUATION = 32,
  SPACE = 64, UPPER = 128, HEX = 256, ZERO = 512
};
static uint16_t classes[256];
static uint16_t class_of_letter[256]; /* 0 for what names no class */

static void prepare_classes (void) {
  static const struct { char letter; uint16_t bits; } named[] = {
    {'a', ALPHA}, {'c', CONTROL}, {'d', DIGIT}, {'g', PRINTING}, {'l', LOWER},
    {'p', PUNCTUATION}, {'s', SPACE}, {'u', UPPER}, {'w', ALPHA | DIGIT}, {'x', HEX},
    {'z', ZERO} /* out of the manual, not out of use */
  };
  for (int c = 0; c < 128; c++) {
    int bits = c < 32 || c == 127 ? CONTROL : c == ' ' ? 0 : PRINTING;
    if (c == ' ' || (c >= 9 && c <= 13)) bits |= SPACE;
    if (c >= '0' && c <= '9') bits |= DIGIT | HEX;
    if (c >= 'A' && c <= 'Z') bits |= ALPHA | UPPER;
    if (c >= 'a' && c <= 'z') bits |= ALPHA | LOWER;
    if ((c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f')) bits |= HEX;
    if ((bits & PRINTING) && !(bits & (ALPHA | DIGIT))) bits |= PUNCTUATION;
    classes[c] = (uint16_t)bits;
  }
  classes[0] |= ZERO;
  for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
    class_of_letter[(unsigned char)named[i].letter] = named[i].bits;
    class_of_letter[(unsigned char)named[i].letter - 32] = named[i].bits;
  }
}

static inline __attribute__((always_inline)) bool in_class (int c, int class) {
  uint16_t bits = class_of_letter[class];
  if (bits == 0) return class == c;
  return ((classes[c] & bits) != 0) == ((class & 0x20) != 0); /* a capital negates */
}

static inline bool is_digit (char c) {
  return c >= '0' && c <= '9';
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

/* With 'count' characters known to fit. */
static const char *longest (Search *m, const char *s, const char *p, const char *end,
                            ptrdiff_t count) {
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
  if (length == POSITION) return NULL; /* no text is a position again */
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
  if (m->nesting-- == 0) luaL_error(m->L, "pattern too complex");
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
        if (p + 1 < pattern_end && is_digit(p[1])) {
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
    if (!fits(m, s, p, end)) {
      if (suffix != '*' && suffix != '?' && suffix != '-') { s = NULL; goto done; }
      p = end + 1; /* none is enough */
      continue;
    }
    switch (suffix) {
      case '*': s = longest(m, s, p, end, 1); goto done;
      case '+': s = longest(m, s + 1, p, end, 0); goto done;
      case '-': s = shortest(m, s, p, end); goto done;
      case '?': {
        const char *found = match(m, s + 1, end + 1);
        if (found) { s = found; goto done; }
        p = end + 1;
        continue;
      }
      default:
        s++;
        p = end;
    }
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

/* Most texts hold few places that begin like the needle; among many, memmem, which
   is linear in the worst case. */
static const char *find_bytes (const char *text, size_t length, const char *needle, size_t more) {
  const char *end = text + length;
  if (more == 0) return text;
  for (int tries = 0; tries < 16; tries++, text++) {
    if ((size_t)(end - text) < more) return NULL;
    text = memchr(text, *needle, (size_t)(end - text) - more + 1);
    if (text == NULL || memcmp(text, needle, more) == 0) return text;
  }
  return memmem(text, (size_t)(end - text), needle, more);
}

static int find_plain (lua_State *L, const char *text, size_t length, size_t from,
                       const char *needle, size_t needle_length) {
  if (length - from > 4096) shim_steps(L, (int64_t)((length - from) / 64));
  const char *found = find_bytes(text + from, length - from, needle, needle_length);
  if (found == NULL) {
    lua_pushnil(L);
    return 1;
  }
  lua_pushinteger(L, found - text + 1);
  lua_pushinteger(L, found - text + (lua_Integer)needle_length);
  return 2;
}

static int search_pattern (lua_State *L, bool find, const char *text, size_t text_length,
                           size_t from, const char *pattern, size_t pattern_length) {
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

static inline __attribute__((always_inline)) int search (lua_State *L, bool find) {
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
  return search_pattern(L, find, text, text_length, from, pattern, pattern_length);
}

static int string_find (lua_State *L) {
  return search(L, true);
}

static int string_match (lua_State *L) {
  return search(L, false);
}

/* }======== gmatch {======== */

/* Where a gmatch is. Upvalues of its function: this, the text, the pattern. */
typedef struct Matches {
  uint32_t tag;
  size_t pattern_length;
  const char *text, *text_end, *pattern;
  const char *next, *last; /* 'last': where the last match ended */
} Matches;

static int next_match (lua_State *L) {
  Matches *matches = lua_touserdata(L, lua_upvalueindex(1));
  Search m;
  begin(&m, L, matches->text, (size_t)(matches->text_end - matches->text), matches->pattern,
        matches->pattern_length);
  for (const char *s = matches->next; s <= m.text_end; s++) {
    const char *end = attempt(&m, s, matches->pattern);
    if (end == NULL || end == matches->last) continue;
    finish(&m);
    matches->next = matches->last = end;
    return push_captures(&m, s, end);
  }
  matches->next = m.text_end + 1;
  finish(&m);
  return 0;
}

static int string_gmatch (lua_State *L) {
  size_t length, pattern_length;
  const char *text = luaL_checklstring(L, 1, &length);
  const char *pattern = luaL_checklstring(L, 2, &pattern_length);
  size_t from = start_of(luaL_optinteger(L, 3, 1), length);
  if (from > length) from = length + 1;
  lua_settop(L, 2);
  Matches *matches = lua_newuserdatauv(L, sizeof *matches, 0);
  *matches = (Matches){TAG_SCRATCH, pattern_length, text, text + length, pattern, text + from, NULL};
  lua_insert(L, 1);
  lua_pushcclosure(L, next_match, 3);
  return 1;
}

/* }======== gsub {======== */

static void add_capture (Search *m, luaL_Buffer *buffer, int index, const char *s, const char *end) {
  if (index < m->level && m->captures[index].length >= 0) {
    luaL_addlstring(buffer, m->captures[index].start, (size_t)m->captures[index].length);
    return;
  }
  push_capture(m, index, s, end); /* a position, the whole match, or an error */
  lua_tolstring(m->L, -1, NULL);
  luaL_addvalue(buffer);
}

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
    } else if (is_digit((char)c)) {
      add_capture(m, buffer, c - '1', s, end);
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
  lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)text_length + 1), count = 0;
  luaL_argexpected(L, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION
                   || type == LUA_TTABLE, 3, "string/function/table");
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

/* }======== Opening {======== */

void patterns_open (lua_State *L) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, prepare_classes);
  static const luaL_Reg functions[] = {
    {"find", string_find}, {"match", string_match}, {"gmatch", string_gmatch},
    {"gsub", string_gsub}, {NULL, NULL}
  };
  lua_getglobal(L, LUA_STRLIBNAME);
  luaL_setfuncs(L, functions, 0);
  lua_pop(L, 1);
}

/* } */

/*
** Subjects, patterns and replacements by chance, malformed ones among them.
*/
#include "support.h"

static const char letters[] = "aaaabbbcAB12 _-.%()[]^$\n";

static void add_byte (Random *r, Text *t) {
  int kind = below(r, 100);
  if (kind < 88) text_char(t, any_of(r, letters));
  else if (kind < 92) text_char(t, 0);
  else if (kind < 97) text_char(t, (char)(128 + below(r, 128)));
  else text_char(t, (char)below(r, 256));
}

void make_subject (Random *r, Text *t) {
  text_clear(t);
  int kind = below(r, 100);
  if (kind < 4) return;
  int length = kind < 85 ? below(r, 16) : kind < 98 ? below(r, 60) : below(r, 400);
  if (chance(r, 12)) { /* one letter over and over */
    char letter = any_of(r, "aab(");
    for (int i = 0; i < length; i++) text_char(t, letter);
    return;
  }
  if (chance(r, 12)) { /* brackets, for %b */
    for (int i = 0; i < length; i++) text_char(t, any_of(r, "(())a[]"));
    return;
  }
  for (int i = 0; i < length; i++) add_byte(r, t);
}

static void add_set (Random *r, Text *t) {
  text_char(t, '[');
  if (chance(r, 25)) text_char(t, '^');
  if (chance(r, 8)) text_char(t, ']');
  if (chance(r, 8)) text_char(t, '-');
  for (int i = 1 + below(r, 4); i > 0; i--) {
    int kind = below(r, 100);
    if (kind < 40) {
      add_byte(r, t);
    } else if (kind < 65) {
      text_char(t, any_of(r, "aA0b\x80 "));
      text_char(t, '-');
      text_char(t, any_of(r, "czZ9b\xff~]"));
    } else if (kind < 90) {
      text_char(t, '%');
      text_char(t, any_of(r, "acdglpsuwxACDGLPSUWX]-^%zq"));
    } else {
      text_char(t, any_of(r, "-^]%"));
    }
  }
  if (chance(r, 8)) text_char(t, '-');
  if (!chance(r, 3)) text_char(t, ']');
}

static void add_single (Random *r, Text *t) {
  int kind = below(r, 100);
  if (kind < 52) {
    add_byte(r, t);
  } else if (kind < 67) {
    text_char(t, '.');
  } else if (kind < 85) {
    text_char(t, '%');
    text_char(t, any_of(r, "aacdglpsuwxACDGLPSUWXzZ.%()[]*+-?^$\"0"));
  } else {
    add_set(r, t);
  }
}

static void add_items (Random *r, Text *t, int depth, int *quantifiers) {
  for (int i = 1 + below(r, depth == 0 ? 5 : 3); i > 0; i--) {
    int kind = below(r, 100);
    if (kind < 66) {
      add_single(r, t);
      if (*quantifiers > 0 && chance(r, 40)) {
        text_char(t, any_of(r, "*+-?"));
        --*quantifiers;
      }
    } else if (kind < 80 && depth < 4) {
      text_char(t, '(');
      if (!chance(r, 25)) add_items(r, t, depth + 1, quantifiers);
      if (!chance(r, 4)) text_char(t, ')');
    } else if (kind < 86) {
      text_add(t, "%b");
      if (!chance(r, 4)) text_char(t, any_of(r, "((a["));
      if (!chance(r, 4)) text_char(t, any_of(r, "))b]a"));
    } else if (kind < 92) {
      text_add(t, "%f");
      if (!chance(r, 5)) add_set(r, t);
    } else if (kind < 97) {
      text_char(t, '%');
      text_char(t, any_of(r, "1112234590"));
    } else {
      text_char(t, any_of(r, ")$^*+-?%"));
    }
  }
}

/* At the edges of what is allowed: nesting, captures. */
static void add_extreme (Random *r, Text *t) {
  static const struct { const char *piece; int around; } kinds[] = {
    {"a?", 200}, {"a*", 200}, {"b-", 200}, {"(", 32}, {"()", 32}, {"(a)", 32}, {"(a?)", 32},
    {"[%a]*", 200}, {"(a*", 32}
  };
  int kind = below(r, (int)(sizeof kinds / sizeof *kinds));
  for (int i = kinds[kind].around - 4 + below(r, 8); i > 0; i--) text_add(t, kinds[kind].piece);
  if (chance(r, 30)) text_char(t, 'a');
}

void make_pattern (Random *r, Text *t) {
  text_clear(t);
  int kind = below(r, 1000);
  if (kind < 10) return;
  if (kind < 14) {
    add_extreme(r, t);
    return;
  }
  if (kind < 50) { /* noise */
    for (int i = below(r, 10); i > 0; i--)
      text_char(t, chance(r, 50) ? any_of(r, "%[]()-*+?^$.bf19a") : (char)below(r, 256));
    return;
  }
  if (kind < 150) { /* for plain search */
    for (int i = 1 + below(r, 4); i > 0; i--) add_byte(r, t);
    return;
  }
  int quantifiers = 4;
  if (chance(r, 12)) text_char(t, '^');
  add_items(r, t, 0, &quantifiers);
  if (chance(r, 12)) text_char(t, '$');
}

void make_replacement (Random *r, Text *t) {
  text_clear(t);
  for (int i = below(r, 6); i > 0; i--) {
    int kind = below(r, 100);
    if (kind < 60) {
      add_byte(r, t);
    } else {
      text_char(t, '%');
      if (!chance(r, 5)) text_char(t, any_of(r, "0001112%39x"));
    }
  }
}

#ifndef SUPPORT_H
#define SUPPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
** Chance from a seed, and growing texts: what the generators are made of. The same
** seed gives the same cases on every machine.
*/
typedef struct Random {
  uint64_t state;
} Random;

static inline uint64_t draw (Random *r) { /* splitmix64 */
  uint64_t z = (r->state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

/* 0 … count - 1. */
static inline int below (Random *r, int count) {
  return (int)((draw(r) >> 33) % (uint64_t)count);
}

static inline bool chance (Random *r, int percent) {
  return below(r, 100) < percent;
}

static inline char any_of (Random *r, const char *characters) {
  return characters[below(r, (int)strlen(characters))];
}

#define PICK(r, list) ((list)[below((r), (int)(sizeof(list) / sizeof *(list)))])

typedef struct Text {
  char *bytes; /* ends with a NUL that does not count */
  size_t length, capacity;
} Text;

static inline void text_bytes (Text *t, const char *bytes, size_t length) {
  if (t->length + length + 1 > t->capacity) {
    t->capacity = (t->length + length + 1) * 2;
    t->bytes = realloc(t->bytes, t->capacity);
    if (t->bytes == NULL) abort();
  }
  if (length) memcpy(t->bytes + t->length, bytes, length);
  t->length += length;
  t->bytes[t->length] = 0;
}

static inline void text_add (Text *t, const char *words) {
  text_bytes(t, words, strlen(words));
}

static inline void text_char (Text *t, char c) {
  text_bytes(t, &c, 1);
}

static inline void text_clear (Text *t) {
  t->length = 0;
  text_bytes(t, "", 0);
}

#define text_format(t, ...) do { \
  char piece_[512]; \
  snprintf(piece_, sizeof piece_, __VA_ARGS__); \
  text_add((t), piece_); \
} while (0)

/* As a literal of Lua and of a terminal: nothing but printable ASCII. */
static inline void text_quoted (Text *t, const char *bytes, size_t length) {
  text_char(t, '"');
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)bytes[i];
    if (c == '"' || c == '\\') text_format(t, "\\%c", c);
    else if (c < 32 || c > 126) text_format(t, "\\x%02x", c);
    else text_char(t, (char)c);
  }
  text_char(t, '"');
}

static inline bool read_file (const char *path, Text *t) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) return false;
  char block[65536];
  size_t got;
  text_clear(t);
  while ((got = fread(block, 1, sizeof block, file)) > 0) text_bytes(t, block, got);
  fclose(file);
  return true;
}

/* Generators. */
void make_subject (Random *r, Text *t);
void make_pattern (Random *r, Text *t);
void make_replacement (Random *r, Text *t);
void make_library_call (Random *r, Text *t);
void make_program (Random *r, Text *t);

#endif

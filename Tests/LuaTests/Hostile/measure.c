/*
** Runs a command and prints its exit status, its seconds and its peak memory in MiB.
**
**   measure OUTPUT ERRORS COMMAND ARGUMENT…
*/
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now (void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void into (const char *path, int descriptor) {
  int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file < 0 || dup2(file, descriptor) < 0) _exit(126);
}

int main (int count, char **words) {
  if (count < 4) return 64;
  double start = now();
  pid_t child = fork();
  if (child < 0) return 71;
  if (child == 0) {
    into(words[1], 1);
    into(words[2], 2);
    execv(words[3], words + 3);
    _exit(127);
  }
  int status;
  struct rusage usage;
  if (wait4(child, &status, 0, &usage) < 0) return 71;
  int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  printf("%d %.3f %.1f\n", code, now() - start, (double)usage.ru_maxrss / 1024);
  return 0;
}

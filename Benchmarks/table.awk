# Samples ("side name value") to one table, or to JSON with -v json=1.
# A figure is the median of its samples. C and Gongyue are measured in turn, and a ratio beside C
# is the median of the ratios of neighbours: the machine's moods hit both. Growth compares
# processor time, which other programs hardly touch.

{ values[$1, $2] = values[$1, $2] " " $3 }

function middle(text,   list, n, i, j, held) {
  n = split(text, list, " ")
  for (i = 2; i <= n; i++) {
    held = list[i] + 0
    for (j = i - 1; j > 0 && list[j] + 0 > held; j--) list[j + 1] = list[j]
    list[j + 1] = held
  }
  return n == 0 ? -1 : n % 2 ? list[(n + 1) / 2] + 0 : (list[n / 2] + list[n / 2 + 1]) / 2
}

function median(side, name) {
  return middle(values[side, name])
}

function beside(name, c,   ours, theirs, n, i, ratios) {
  n = split(values["ours", name], ours, " ")
  if (split(values["c", c], theirs, " ") != n) return -1
  for (i = 1; i <= n; i++) ratios = ratios " " ours[i] / theirs[i]
  return middle(ratios)
}

function amount(value) {
  return value < 0 ? "" : value < 10 ? sprintf("%.1f", value) : sprintf("%.0f", value)
}

function duration(ns) {
  if (ns < 0) return ""
  if (ns < 1e4) return amount(ns) " ns"
  if (ns < 1e7) return amount(ns / 1e3) " µs"
  if (ns < 1e10) return amount(ns / 1e6) " ms"
  return amount(ns / 1e9) " s"
}

function memory(kib) {
  return kib < 0 ? "" : amount(kib / 1024) " MiB"
}

# awk counts bytes or characters as it pleases: µ is two bytes.
function left(text, width,   shown) {
  shown = text
  gsub(/µ|×/, "u", shown)
  return text sprintf("%" (width - length(shown)) "s", "")
}

function right(text, width,   shown) {
  shown = text
  gsub(/µ|×/, "u", shown)
  return sprintf("%" (width - length(shown)) "s", "") text
}

function heading(text) {
  if (json) return
  printf "\n%s%s%s%s%s  %s%s%s\n", left(text, 48), right("C", 6), right("Gongyue", 10), \
    right("ratio", 8), right("at most", 9), left("", 8), right("peak C", 9), right("Gongyue", 10)
}

function row(label, name, peaks, other, most, base, divide,   ours, theirs, ratio, verdict, c_peaks) {
  ours = median("ours", name)
  if (ours < 0) return
  if (divide) ours /= divide
  theirs = other ? median("c", other) : -1
  ratio = other ? beside(name, other) : -1
  if (base) ratio = median("ours", name ".worked") / median("ours", base ".worked")
  c_peaks = peaks == name && other ? other : peaks
  verdict = most == "" || ratio < 0 ? "" : ratio <= most + 0 ? "met" : "missed"
  if (json) {
    printf "%s    {\"name\": \"%s\", \"nanoseconds\": %.1f", comma, name, ours
    if (other) printf ", \"c_nanoseconds\": %.1f", theirs
    if (ratio >= 0) printf ", \"%s\": %.3f", other ? "ratio" : "growth", ratio
    if (most != "") printf ", \"at_most\": %s, \"met\": %s", most, verdict == "met" ? "true" : "false"
    printf ", \"peak_kib\": %d", median("ours", peaks ".peak")
    if (other) printf ", \"c_peak_kib\": %d", median("c", c_peaks ".peak")
    printf "}"
    comma = ",\n"
    return
  }
  printf "%s%s%s%s%s  %s%s%s\n", left(label, 44), right(other ? duration(theirs) : "", 10), \
    right(duration(ours), 10), right(ratio < 0 ? "" : sprintf("%.2f ×", ratio), 8), \
    right(most == "" ? "" : most " ×", 9), left(verdict, 8), \
    right(other ? memory(median("c", c_peaks ".peak")) : "", 9), \
    right(memory(median("ours", peaks ".peak")), 10)
}

function library(name, label, most) {
  row(label, "library_" name, "library", "library_" name, most)
}

function same(name, c) {
  if (median("ours", name ".checksum") == median("c", c ".checksum")) return
  print "the two hosts did not calculate the same in '" name "'" > "/dev/stderr"
  exit 1
}

END {
  measured_host = median("ours", "open") >= 0
  measured_library = median("ours", "library_find") >= 0
  measured_program = median("ours", "assess_1") >= 0
  same("rows", "rows")
  same("rows_all", "rows_all")
  same("rows_api", "rows_all")
  if (json) {
    printf "{\"format\": \"gongyue.bench/1\", \"data\": {\n"
    printf "  \"date\": \"%s\", \"versions\": \"%s, Swift %s\",\n", date, versions, swift
    printf "  \"machine\": \"%s, %s\", \"rounds\": %d,\n  \"figures\": [\n", processor, distribution, rounds
  } else {
    printf "Gongyue beside C · %s, Swift %s · %s, %s · %s\n", versions, swift, processor, distribution, date
    printf "medians of %d pairs, C and Gongyue in turn; of the whole program, of %d runs\n", 3 * rounds, rounds
  }
  if (measured_host) heading("the embedding, processor time of one")
  row("host function, two integers", "two_integers", "crossings", "two_integers", "1.5")
  row("host function, a Chinese string", "chinese_string", "crossings", "chinese_string", "2.5")
  row("the same, 2,000 texts in turn", "new_string", "crossings", "new_string", "")
  row("row with two fields read, of 500,000", "rows", "rows", "rows", "1.25")
  row("the same, every field selected", "rows_all", "rows_all", "rows_all", "1.25")
  row("the same, gongyue.patrols:each()", "rows_api", "rows_api", "rows_all", "1.25")
  row("fresh state, small formula, closed", "open", "open", "open", "3")
  row("record stored, of 500,000 in one write", "insert", "insert", "", "")
  if (measured_library) heading("what a script does by itself, processor time of one")
  library("find", "text:find with a pattern", "1.15")
  library("find_plain", "text:find, plain", "1.15")
  library("match", "text:match with three captures", "1.15")
  library("gmatch", "text:gmatch, a word", "1.15")
  library("gsub", "text:gsub, one replacement", "1.15")
  library("rep", "text:rep, 100 pieces", "1.1")
  library("concat", "table.concat, 100 pieces", "1.1")
  library("sort", "table.sort, one of 10,000 integers", "1.1")
  library("sort_texts", "the same, one of 5,000 texts", "1.1")
  library("sort_by", "the same, by a function over tables", "1.1")
  library("insert", "table.insert", "1.1")
  library("format", "text:format, three values", "")
  library("loop", "turn of a loop, with a deadline", "1.03")
  library("calls", "call of a Lua function, with a deadline", "1.03")
  library("pcall", "pcall", "1.5")
  library("coroutine", "coroutine, there and back", "1.5")
  library("pairs", "pairs, one of 1,000 string keys", "")
  if (measured_program) heading("the whole program, by the clock; growth by work")
  row("init --demo", "init_1", "init_1", "", "")
  row("assess, demo street", "assess_1", "assess_1", "", "")
  row("init --demo --scale 10, beside 1", "init_10", "init_10", "", "10", "init_1")
  row("assess, 10 streets, beside 1", "assess_10", "assess_10", "", "10", "assess_1")
  row("replay, 10 streets, beside assess", "replay_10", "replay_10", "", "2", "assess_10")
  row("records persons as CSV, 10 streets", "csv_10", "csv_10", "", "")
  row("the same as JSON", "json_10", "json_10", "", "")
  row("init --demo --scale 100, beside 10", "init_100", "init_100", "", "10", "init_10")
  row("assess, 100 streets, beside 10", "assess_100", "assess_100", "", "10", "assess_10")
  row("plugin checked and loaded, of 1,000", "plugins", "plugins", "", "", "", 1000)
  if (json) printf "\n  ]\n}}\n"
}

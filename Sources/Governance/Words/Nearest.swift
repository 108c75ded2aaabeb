/// The known name a person most likely meant, or nil when none is close.
///
/// A name is close when at most one character in three differs (a swapped pair
/// counts once, case does not count), or when one of the two contains the
/// other: `十字街社区` is close to `十字街`. Of equally close names the first wins.
public func nearest(to word: String, in names: some Sequence<String>) -> String? {
  // Nobody mistypes a name at such length, and comparing would take its time.
  guard word.utf8.count <= 400 else { return nil }
  let wanted = Array(word.lowercased())
  var best: (name: String, distance: Int)?
  for name in names {
    let known = Array(name.lowercased())
    guard let distance = closeness(wanted, known), distance < best?.distance ?? .max else {
      continue
    }
    best = (name, distance)
  }
  return best?.name
}

/// How many insertions, deletions, replacements and swaps of neighbours lead from one to the other.
public func editDistance(_ left: String, _ right: String) -> Int {
  editDistance(Array(left), Array(right))
}

/// The distance when the names are close, else nil.
private func closeness(_ wanted: [Character], _ known: [Character]) -> Int? {
  let longer = max(wanted.count, known.count)
  let shorter = min(wanted.count, known.count)
  guard shorter > 0 else { return nil }
  // Names whose lengths differ this much can only be close by containment.
  if longer - shorter <= max(1, longer / 3) {
    let distance = editDistance(wanted, known)
    if distance <= max(1, longer / 3), distance < longer { return distance }
  }
  let contains = known.contains(run: wanted) || wanted.contains(run: known)
  return contains && shorter > 1 ? longer : nil
}

/// Optimal string alignment, three rows at a time.
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
  var beforePrevious: [Int] = []
  var previous = Array(0...right.count)
  for (row, character) in left.enumerated() {
    var current = [row + 1]
    current.reserveCapacity(right.count + 1)
    for (column, other) in right.enumerated() {
      var cost = previous[column] + (character == other ? 0 : 1)
      cost = min(cost, previous[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, character == right[column - 1], left[row - 1] == other {
        cost = min(cost, beforePrevious[column - 1] + 1)
      }
      current.append(cost)
    }
    (beforePrevious, previous) = (previous, current)
  }
  return previous[right.count]
}

extension [Character] {
  fileprivate func contains(run: [Character]) -> Bool {
    guard run.count <= count else { return false }
    return (0...(count - run.count)).contains { start in
      self[start..<(start + run.count)].elementsEqual(run)
    }
  }
}

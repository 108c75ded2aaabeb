internal import Governance

/// The lines of scripts in a traceback of Lua, innermost first; calls of the host are left out.
func scriptCalls(in traceback: String) -> [Problem.Call] {
  traceback.split(separator: "\n").compactMap { line in
    // `	rota.lua:3: in upvalue 'due'`, `	rota.lua:9: in main chunk`, `	[C]: in ?`
    guard line.first == "\t", let end = line.firstRange(of: ": in ") else { return nil }
    let place = line[line.index(after: line.startIndex)..<end.lowerBound]
    guard let colon = place.lastIndex(of: ":"),
      let number = Int(place[place.index(after: colon)...])
    else { return nil }
    let quoted = line[end.upperBound...].split(separator: "'", omittingEmptySubsequences: false)
    let name = quoted.count == 3 ? String(quoted[1]) : nil
    return Problem.Call(Place(file: String(place[..<colon]), line: number), in: name)
  }
}

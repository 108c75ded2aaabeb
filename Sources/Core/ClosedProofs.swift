internal import Governance
internal import Storage

/// What was closed, proved by itself: each explanation that was kept, calculated again from its
/// leaves, gives the result that was kept beside it.
struct ClosedProofs {
  private let id: String
  private let units: [(unit: String, proof: Explanation)]

  /// - Parameter result: what the closing keeps.
  init(of id: String, _ result: JSONValue) throws {
    self.id = id
    units = try (result["units"]?.elements ?? []).compactMap { unit in
      guard let name = unit["unit"]?.text, let proof = unit["explanation"] else { return nil }
      return (name, try Explanation(proof))
    }
  }

  /// The first unit whose leaves do not give its result; nil where all do.
  var problem: Problem? {
    for (unit, proof) in units {
      do throws(Problem) {
        let found = try proof.recomputed()
        let apart = try proof.disagreements()
        guard !proof.value.agrees(with: found) || !apart.isEmpty else { continue }
        return .proofFails(
          id, unit, at: apart.first ?? [proof.id], proof.value.words(), found.words())
      } catch {
        return error.while(
          Words("核对 \(id) 里 \(unit) 的结果", "proving the result of \(unit) in \(id)"))
      }
    }
    return nil
  }
}

extension ClosedProofs {
  /// Those of every closing that is still kept, in order; what was erased cannot be proved.
  static func problems(in reader: Reader) throws -> [Problem] {
    try reader.assessments().compactMap { kept in
      guard case .bytes(let bytes)? = try reader.content(kept.result) else { return nil }
      let result = try JSONValue(parsing: String(decoding: bytes, as: UTF8.self))
      return try ClosedProofs(of: kept.id, result).problem
    }
  }
}

extension Figure {
  /// The same outcome; a figure that was read back knows its reasons in one language only.
  fileprivate func agrees(with other: Figure) -> Bool {
    number == other.number && state == other.state
  }
}

extension Problem {
  fileprivate static func proofFails(
    _ id: String, _ unit: String, at path: [String], _ stored: Words, _ found: Words
  ) -> Problem {
    let place = path.joined(separator: "/")
    return Problem(
      .replayUnavailable,
      Words(
        "封存结果 \(id) 里 \(unit) 的说明对不上：\(place) 由下面各项重算，总数应为\(found.chinese)，"
          + "封存的是\(stored.chinese)",
        "the explanation of \(unit) in \(id) does not add up at \(place): its leaves give "
          + "\(found.english) in all, kept is \(stored.english)"),
      hint: Words(
        "封存的内容可能被改过；gongyue audit verify 检查审计日志",
        "what was closed may have been altered; gongyue audit verify examines the log"))
  }
}

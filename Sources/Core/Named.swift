internal import Governance

/// A formula or command as a person may name it: by id, or by its title.
struct Named: Hashable {
  let id: String
  let title: Words

  init(_ id: String, _ title: Words) {
    self.id = id
    self.title = title
  }

  func isCalled(_ name: String) -> Bool {
    id == name.plainSpelling || title.isCalled(name)
  }
}

extension [Named] {
  /// The name that was perhaps meant, spelled as it may be typed.
  func nearest(to name: String) -> String? {
    Governance.nearest(to: name, in: flatMap { [$0.id, $0.title.chinese] })
  }

  /// Everything that may be typed: `report（月报汇总）、…`; in English the ids.
  var words: Words {
    var seen: Set<String> = []
    let each = sorted { $0.id < $1.id }.filter { seen.insert($0.id).inserted }
    return Words(
      each.map { $0.title.chinese == $0.id ? $0.id : "\($0.id)（\($0.title.chinese)）" }
        .joined(separator: "、"),
      each.map(\.id).joined(separator: ", "))
  }
}

internal import Governance

extension Problem {
  static func readWhileLoading(_ kind: Kind) -> Problem {
    Problem(
      .denied,
      Words(
        "插件装载时不能读取“\(kind.label.chinese)”记录",
        "records of '\(kind.label.english)' cannot be read while a plugin loads"),
      hint: Words(
        "请把读取写进 rate、value、run 等函数里", "read inside a function such as rate, value or run"))
  }

  /// - Parameters:
  ///   - list: `reads` or `writes`.
  ///   - line: where the manifest would grant it.
  static func notGranted(
    _ list: String, _ what: String, _ manifest: Manifest, _ line: Int?
  ) -> Problem {
    let verb = list == "reads" ? ("读取", "read") : ("改写", "write")
    let parts = what.split(separator: ".").map(String.init)
    let entry = parts.count == 2 ? "\(parts[0]): [\(parts[1])]" : "\(what): all"
    return Problem(
      .denied,
      Words(
        "插件“\(manifest.name)”没有获准\(verb.0) \(what)",
        "the package '\(manifest.name)' was not granted to \(verb.1) \(what)"),
      hint: Words(
        "在 \(Place(file: manifest.file, line: line)) 的 \(list) 里写明 \(entry)，再重新启用",
        "name \(entry) in \(list) at \(Place(file: manifest.file, line: line)) and enable it again")
    )
  }

  static func notForItsLayer(_ kind: Kind, _ manifest: Manifest, _ why: Words) -> Problem {
    let grant = manifest.writes.first { $0.kind == kind.id }
    let place = Place(file: manifest.file, line: grant?.place.line ?? manifest.writesLine)
    return Problem(
      .denied,
      Words(
        "社区的插件“\(manifest.name)”不能登记或修改“\(kind.label.chinese)”：\(why.chinese)，谁来运行都一样",
        "'\(manifest.name)', a community's package, may not file or change \(kind.collection): "
          + "\(why.english), whoever runs it"),
      hint: grant.map { _ in
        Words(
          "请从 \(place) 的 writes 里去掉 \(kind.collection)；街道可以用自己的插件或脚本登记",
          "take \(kind.collection) out of writes at \(place); the street has packages and scripts of its own"
        )
      })
  }

  static func writeInFormula(_ kind: Kind) -> Problem {
    Problem(
      .denied,
      Words(
        "公式里不能登记或修改记录（\(kind.label.chinese)）",
        "a formula cannot file or change records (\(kind.label.english))"),
      hint: Words("请改用命令（gongyue.command）", "use a command (gongyue.command)"))
  }

  static func sensitiveInFormula(_ field: Field, _ kind: Kind) -> Problem {
    Problem(
      .denied,
      Words(
        "公式不得使用敏感信息：\(kind.label.chinese)的“\(field.label.chinese)”",
        "a formula may not use sensitive data: '\(field.label.english)' of \(kind.label.english)"))
  }

  static func sensitiveWithoutPurpose(
    _ field: Field, _ kind: Kind, _ manifest: Manifest?
  ) -> Problem {
    let path = "\(kind.collection).\(field.key)"
    let message = Words(
      "\(kind.label.chinese)的“\(field.label.chinese)”是敏感信息，没有写明用途不能读取",
      "'\(field.label.english)' of \(kind.label.english) is sensitive and needs a stated purpose")
    guard let manifest else {
      return Problem(
        .denied, message,
        hint: Words("用 --purpose 写明用途", "state it with --purpose"))
    }
    let place = Place(file: manifest.file, line: manifest.sensitiveLine)
    return Problem(
      .denied, message,
      hint: Words(
        "插件“\(manifest.name)”要在 \(place) 的 sensitive 里写明 \(path) 的用途和保存期限",
        "'\(manifest.name)' states purpose and keeping time of \(path) in sensitive at \(place)"))
  }

  /// - Parameter manifest: that of the package which stated no purpose, where that is why.
  static func maskedComparison(_ field: Field, _ kind: Kind, _ manifest: Manifest?) -> Problem {
    let path = "\(kind.collection).\(field.key)"
    let hint = manifest.map { manifest in
      let place = Place(file: manifest.file, line: manifest.sensitiveLine)
      return Words(
        "插件“\(manifest.name)”要在 \(place) 的 sensitive 里写明 \(path) 的用途和保存期限；运行的人看得到原文时才能用",
        "'\(manifest.name)' states purpose and keeping time of \(path) in sensitive at \(place); "
          + "then whoever may see it plainly may run this")
    }
    return Problem(
      .denied,
      Words(
        "\(kind.label.chinese)的“\(field.label.chinese)”是个人信息，只能隐去部分后显示，不能用来查找、排序或分组",
        "'\(field.label.english)' of \(kind.label.english) is personal: shown masked, "
          + "it cannot be searched, ordered or grouped by"), hint: hint)
  }
}

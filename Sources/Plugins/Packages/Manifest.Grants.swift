internal import Governance

/// Reading `reads`, `writes` and `sensitive`.
extension ManifestReader {
  /// `{cases: [kind, state], buildings: all}`, or a list of names and of such maps.
  func grants(_ key: String) -> [Manifest.Grant] {
    guard let value = section[key] else { return [] }
    var grants: [Manifest.Grant] = []
    for item in findings.items(value) {
      switch item.content {
      case .scalar(let name, _):
        append(grant(name, fields: nil, item.line), to: &grants)
      case .map(let entries):
        for entry in entries {
          append(grant(entry.key, fields: entry.value, entry.line), to: &grants)
        }
      case .list, .null:
        findings.add(
          .expected(key, Words("事项类别的名称", "names of kinds"), item), line: item.line)
      }
    }
    return grants
  }

  private func append(_ grant: Manifest.Grant?, to grants: inout [Manifest.Grant]) {
    guard let grant else { return }
    if let other = grants.first(where: { $0.kind == grant.kind }) {
      findings.add(
        Words("“\(grant.kind)”写了不止一次", "'\(grant.kind)' is given more than once"),
        line: grant.place.line,
        hint: other.place.line.map { Words("先写在第\($0)行", "first on line \($0)") })
      return
    }
    grants.append(grant)
  }

  private func grant(_ name: String, fields: YAMLValue?, _ line: Int) -> Manifest.Grant? {
    guard let kind = kind(name, line) else { return nil }
    let place = Place(file: findings.file, line: line)
    guard let fields, !fields.isNull else {
      return Manifest.Grant(kind: kind.id, fields: nil, place: place)
    }
    if case .scalar("all", _) = fields.content {
      return Manifest.Grant(kind: kind.id, fields: nil, place: place)
    }
    let names = findings.items(fields).compactMap { item in
      findings.text(item, of: name).flatMap { field($0, of: kind, item.line)?.key }
    }
    return Manifest.Grant(kind: kind.id, fields: Set(names), place: place)
  }

  /// A kind by id or by collection.
  private func kind(_ name: String, _ line: Int) -> Kind? {
    if let kind = kinds.first(where: { $0.id == name || $0.collection == name }) { return kind }
    let near = nearest(to: name, in: kinds.flatMap { [$0.collection, $0.id] })
    findings.add(
      Words("没有“\(name)”这类记录", "there is no kind of record '\(name)'"), line: line,
      hint: near.map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") })
    return nil
  }

  private func field(_ name: String, of kind: Kind, _ line: Int) -> Field? {
    if let field = kind.anyField(name) { return field }
    let near = nearest(to: name, in: (kind.fields + Kind.common).map(\.key))
    findings.add(
      Words(
        "“\(kind.label.chinese)”没有“\(name)”这一项", "a \(kind.label.english) has no field '\(name)'"),
      line: line, hint: near.map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") })
    return nil
  }

  /// A list of `{field: persons.phone, purpose: …, keep: …}`, all three needed.
  func sensitive(reads: [Manifest.Grant]) -> [Manifest.SensitiveGrant] {
    guard let value = section["sensitive"] else { return [] }
    return findings.items(value).compactMap { item in
      let what = Words("sensitive 的一项", "an item of sensitive")
      guard let part = YAMLSection(item, of: what, known: ["field", "purpose", "keep"], findings)
      else { return nil }
      let field = part.requiredText("field").flatMap { path(of: $0, part.line(of: "field")) }
      let purpose = part.requiredText("purpose")
      let keep = part.requiredText("keep")
      guard let (kind, field) = field, let purpose, let keep else { return nil }
      requireRead(kind, field, reads, item.line)
      return Manifest.SensitiveGrant(
        kind: kind.id, field: field.key, purpose: purpose, keep: keep,
        place: Place(file: findings.file, line: item.line))
    }
  }

  private func path(of text: String, _ line: Int) -> (Kind, Field)? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else {
      findings.add(
        Words("“\(text)”应写成“类别.字段”", "'\(text)' should be kind.field"), line: line,
        hint: Words("如 persons.birth_year", "such as persons.birth_year"))
      return nil
    }
    guard let kind = kind(parts[0], line), let field = field(parts[1], of: kind, line) else {
      return nil
    }
    guard field.needsPurpose else {
      findings.add(
        Words("“\(text)”不是敏感字段，不必写在这里", "'\(text)' is not sensitive and need not be listed"),
        line: line)
      return nil
    }
    return (kind, field)
  }

  /// Naming a purpose opens nothing that `reads` does not name.
  private func requireRead(_ kind: Kind, _ field: Field, _ reads: [Manifest.Grant], _ line: Int) {
    let isRead = reads.contains {
      $0.kind == kind.id && ($0.fields.map { $0.contains(field.key) } ?? true)
    }
    guard !isRead else { return }
    findings.add(
      Words(
        "\(kind.collection).\(field.key) 没有写在 reads 里",
        "\(kind.collection).\(field.key) is not named in reads"),
      line: line)
  }
}

extension Field {
  /// Whether only a stated purpose opens it: personal or sensitive itself, or with choices that are.
  var needsPurpose: Bool {
    sensitivity != .none || !sensitiveChoices.isEmpty
  }
}

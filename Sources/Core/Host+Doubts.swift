internal import Governance
internal import Plugins
internal import Storage

/// What whoever enables a package is told: what it may do, and what should make one hesitate.
extension Host {
  /// Tests of its own that fail, an admission that is not given, rules that lose their setting.
  func doubts(about package: Package) throws -> [Words] {
    try failedTests(of: package) + unapproved(package) + orphans(under: package)
  }

  private func failedTests(of package: Package) throws -> [Words] {
    guard !package.testFiles.isEmpty else { return [] }
    do {
      try requireCalendar()
    } catch {
      return [
        Words("工作日历读不了，没有运行插件自带的测试", "its own tests were not run: the calendar cannot be read")
      ]
    }
    return try testing.failures(of: package).map { failure in
      let (name, why) = (failure.name, failure.problem?.message ?? Words("", ""))
      let place = failure.problem?.place?.description ?? failure.file
      return Words(
        "插件自带的测试“\(name.chinese)”没有通过：\(why.chinese)（\(place)）",
        "its own test '\(name.english)' fails: \(why.english) (\(place))")
    }
  }

  private func unapproved(_ package: Package) -> [Words] {
    guard let admission = package.manifest.admission else { return [] }
    if let day = admission.approved, day <= today { return [] }
    return [
      Words(
        "准入“\(admission.record)”还没有批准", "the admission '\(admission.record)' is not approved yet")
    ]
  }

  /// Recorded rules whose setting no package declares once this one is in use: perhaps its last
  /// version did.
  private func orphans(under package: Package) throws -> [Words] {
    let manifests =
      catalogue.enabled(by: lock).filter { $0.name != package.name }.map(\.manifest)
      + [package.manifest]
    let known = Set(manifests.flatMap { $0.settings.map(\.key) + $0.renames.map(\.old) })
    let recorded = try store.read { try $0.settings() }.map(RecordedSetting.init(stored:))
    let lost = recorded.filter { record in
      record.stored.value != nil && record.stored.to == nil && !known.contains(record.stored.key)
    }
    return lost.map { record in
      let whose = owner(of: record.definition(of: nil).scope)
      let key = record.stored.key
      return Words(
        "不再起作用：\(whose.chinese)的“\(key)”，启用的插件都没有声明这项设置",
        "no longer in effect: '\(key)' of \(whose.english), which no enabled package declares")
    }
  }
}

extension Manifest {
  /// What enabling it allows, where it is more than reading.
  var rights: Words? {
    guard !writes.isEmpty else { return nil }
    return Words(
      "它的命令可以登记和修改：\(written.chinese)；改动都限于\(reach.chinese)和运行的人本来的权限。",
      "its commands may file and change \(written.english), within \(reach.english) and the rights of "
        + "whoever runs them.")
  }

  private var reach: Words {
    switch owner {
    case .law, .street: Words("本街道", "the street")
    case .type: Words("“\(owner.label.chinese)”社区", "communities of '\(owner.label.english)'")
    case .community(let unit): Words("\(unit)", "\(unit)")
    }
  }

  /// What it may file and change, field by field.
  var written: Words {
    let kinds = writes.compactMap(\.words)
    guard !kinds.isEmpty else { return Words("（无）", "(nothing)") }
    return Words(
      kinds.map(\.chinese).joined(separator: "、"), kinds.map(\.english).joined(separator: ", "))
  }
}

extension Manifest.Grant {
  /// 议题（标题、日期）; all of a kind is the kind alone.
  fileprivate var words: Words? {
    guard let kind = BuiltInKinds.kind(kind) else { return nil }
    guard let fields else { return kind.label }
    let labels = kind.fields.filter { fields.contains($0.key) }.map(\.label)
    let chinese = labels.map(\.chinese).joined(separator: "、")
    let english = labels.map(\.english).joined(separator: ", ")
    return Words("\(kind.label.chinese)（\(chinese)）", "\(kind.label.english) (\(english))")
  }

  /// The kind's collection with its fields; `all` where none are named.
  var json: JSONValue.Member {
    let name = BuiltInKinds.kind(kind)?.collection ?? kind
    guard let fields else { return .init(name, "all") }
    return .init(name, .array(fields.sorted().map { .string($0) }))
  }
}

extension Manifest.Admission {
  /// 编号，批准日期，批准者.
  var words: Words {
    let day = approved.map { Words("\($0) 批准", "approved on \($0)") }
    let parts = [Words(verbatim: record), day, by.map { Words(verbatim: $0) }].compactMap(\.self)
    return Words(
      parts.map(\.chinese).joined(separator: "，"), parts.map(\.english).joined(separator: ", "))
  }
}

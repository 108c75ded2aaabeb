public import Governance

/// What can be wrong with the database as a whole.
extension Problem {
  /// There is no database where one should be.
  public static func noDatabase(at path: String) -> Problem {
    Problem(
      .storageUnavailable,
      Words("找不到数据库文件", "there is no database file"),
      at: Place(file: path),
      hint: Words(
        "检查 --workspace 是否写对；新建用 gongyue init，恢复备份用 gongyue restore",
        "check --workspace; create one with gongyue init, or bring back a copy with gongyue restore"
      ))
  }

  /// A folder stands where the database should be.
  public static func databaseIsFolder(at path: String) -> Problem {
    Problem(
      .storageUnavailable,
      Words("数据库的位置上是一个文件夹", "there is a folder where the database should be"),
      at: Place(file: path),
      hint: Words("把这个文件夹移开再试", "move the folder away and try again"))
  }

  /// The database cannot be opened or used, for a reason the system names.
  public static func databaseUnavailable(at path: String?, because reason: String) -> Problem {
    databaseUnavailable(at: path, because: Words(verbatim: reason))
  }

  /// The same for a reason that we have words for.
  public static func databaseUnavailable(at path: String?, because reason: Words) -> Problem {
    Problem(
      .storageUnavailable,
      Words(
        "数据库用不了：\(reason.chinese)", "the database cannot be used: \(reason.english)"),
      at: path.map { Place(file: $0) },
      hint: Words(
        "检查磁盘空间和权限，再运行 gongyue doctor",
        "check disk space and permissions, then run gongyue doctor"))
  }

  /// Someone else has been writing for longer than we wait.
  public static func databaseLocked(at path: String?) -> Problem {
    Problem(
      .storageLocked,
      Words("数据库正被另一个程序占用", "the database is in use by another program"),
      at: path.map { Place(file: $0) },
      hint: Words(
        "等对方做完再试；这次没有写入任何内容",
        "wait until the other one is done and try again; nothing was written"))
  }

  /// The file or its folder cannot be written by this user.
  public static func databaseReadOnly(at path: String?) -> Problem {
    Problem(
      .storageReadOnly,
      Words("当前用户不能写这个数据库", "this user cannot write the database"),
      at: path.map { Place(file: $0) },
      hint: Words(
        "数据库文件和它所在的文件夹都要可写；请找管理员开通权限",
        "both the file and its folder must be writable; ask the administrator"))
  }

  /// The user may not even read.
  public static func databaseUnreadable(at path: String?) -> Problem {
    Problem(
      .storageUnavailable,
      Words("当前用户不能读这个数据库", "this user cannot read the database"),
      at: path.map { Place(file: $0) },
      hint: Words(
        "数据库文件要可读可写；请找管理员开通权限",
        "the file must be readable and writable; ask the administrator"))
  }

  /// The file is something else.
  public static func notDatabase(at path: String?) -> Problem {
    Problem(
      .storageNotDatabase,
      Words("这个文件不是公约的数据库", "the file is not a Gongyue database"),
      at: path.map { Place(file: $0) },
      hint: Words(
        "检查路径；如果原来是数据库，请用 gongyue restore 恢复备份",
        "check the path; if it used to be one, bring back a copy with gongyue restore"))
  }

  /// Part of the file is missing or changed.
  public static func databaseDamaged(at path: String?, detail: Words) -> Problem {
    Problem(
      .storageDamaged,
      Words("数据库已损坏：\(detail.chinese)", "the database is damaged: \(detail.english)"),
      at: path.map { Place(file: $0) },
      hint: Words(
        "先另存一份现有文件，再用 gongyue restore 恢复最近的备份",
        "keep a copy of the file as it is, then bring back the last backup with gongyue restore"))
  }

  /// The file is shorter than it says it is.
  static let truncated = Words("文件不完整，被截短了", "the file is incomplete, it was cut short")

  /// The database was written by a later program.
  public static func databaseNewer(at path: String?, version: Int64, known: Int64) -> Problem {
    Problem(
      .storageNewer,
      Words(
        "数据库的版本是 \(version)，本程序只认识到 \(known)",
        "the database has version \(version), this program knows up to \(known)"),
      at: path.map { Place(file: $0) },
      hint: Words("请换用较新的 gongyue", "use a newer gongyue"))
  }

  /// Commits that were acknowledged are not there.
  public static func databaseBehind(at path: String?, has: Int64, promised: Int64) -> Problem {
    Problem(
      .storageBehind,
      Words(
        "数据库缺少最近的 \(promised - has) 次写入（应到第 \(promised) 次，只到第 \(has) 次）",
        "the database lacks its newest \(promised - has) commits (it ends at \(has), not at \(promised))"
      ),
      at: path.map { Place(file: $0) },
      hint: Words(
        "可能换成了旧文件。找回新的文件；确实找不到时，用 gongyue restore 恢复备份",
        "an older file may have been put in its place; find the newer one, or use gongyue restore"))
  }

  /// The mark beside the database cannot be read.
  public static func markUnreadable(at path: String) -> Problem {
    Problem(
      .storageDamaged,
      Words("提交计数文件读不懂", "the file that counts commits cannot be understood"),
      at: Place(file: path),
      hint: Words(
        "把这个文件移到别处，再运行 gongyue audit verify 核对数据；确认无误后，下次写入会重新生成",
        "move this file away and run gongyue audit verify; when all is well, the next write makes a new one"
      ))
  }
}

/// What can be wrong with one record or one query.
extension Problem {
  static func unknownKind(_ name: String, in known: some Sequence<String>) -> Problem {
    let near = nearest(to: name, in: known)
    return Problem(
      .kindUnknown,
      Words("没有“\(name)”这种记录", "there is no kind '\(name)'"),
      hint: near.map { Words("是不是 \($0)？", "did you mean \($0)?") })
  }

  static func unknownField(_ name: String, of kind: Kind) -> Problem {
    let known = (Kind.common + kind.fields).flatMap { [$0.key, $0.label.chinese] }
    let near = nearest(to: name, in: known)
    let keys = kind.fields.map(\.key).joined(separator: ", ")
    return Problem(
      .fieldUnknown,
      Words(
        "“\(kind.label.chinese)”没有“\(name)”这一项", "\(kind.collection) have no field '\(name)'"),
      hint: near.map { Words("是不是 \($0)？", "did you mean \($0)?") }
        ?? Words("可用的有：\(keys)", "fields: \(keys)"))
  }

  static func unknownRecord(_ kind: Kind, _ name: String) -> Problem {
    Problem(
      .recordUnknown,
      Words("没有 \(name) 这条\(kind.label.chinese)", "there is no \(kind.label.english) \(name)"))
  }

  static func kindNotGranted(_ kind: Kind) -> Problem {
    Problem(
      .denied,
      Words(
        "不能读取“\(kind.label.chinese)”（\(kind.collection)）：清单的 reads 没有列出它",
        "\(kind.collection) may not be read: the manifest's reads do not list them"),
      hint: Words(
        "在 plugin.yaml 的 reads 里加上 \(kind.collection)",
        "add \(kind.collection) to reads in plugin.yaml"))
  }

  static func fieldNotGranted(_ field: Field, of kind: Kind) -> Problem {
    Problem(
      .denied,
      Words(
        "不能读取“\(kind.label.chinese)”的“\(field.label.chinese)”（\(kind.collection).\(field.key)）：清单的 reads 没有列出它",
        "\(kind.collection).\(field.key) may not be read: the manifest's reads do not list it"),
      hint: Words(
        "在 plugin.yaml 的 reads 里给 \(kind.collection) 加上 \(field.key)",
        "add \(field.key) to \(kind.collection) under reads in plugin.yaml"))
  }

  static func fieldNotDisclosed(_ field: Field, of kind: Kind) -> Problem {
    let sort =
      field.sensitivity == .sensitive
      ? Words("敏感信息", "sensitive") : Words("个人信息", "personal")
    return Problem(
      .denied,
      Words(
        "“\(kind.label.chinese)”的“\(field.label.chinese)”（\(kind.collection).\(field.key)）是\(sort.chinese)，没有写明用途，不能读取",
        "\(kind.collection).\(field.key) is \(sort.english) and may not be read without a purpose"),
      hint: Words(
        "插件在 plugin.yaml 的 sensitive 里写明字段、用途和保存期限；命令行用 --purpose",
        "a plugin names field, purpose and keeping time under sensitive in plugin.yaml; use --purpose on the command line"
      ))
  }

  static func unitOutsideScope(_ unit: String) -> Problem {
    Problem(
      .denied,
      Words(
        "看不到 \(unit) 的资料：不在可见范围内", "records of \(unit) may not be seen: it is outside the scope"),
      hint: Words("只能使用范围内单位的资料", "only records of units in scope may be used"))
  }

  static func wrongValue(_ field: Field, _ expected: Words, got value: Value) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "“\(field.label.chinese)”（\(field.key)）应是\(expected.chinese)，得到的是 \(value.spelling)",
        "'\(field.key)' takes \(expected.english), got \(value.spelling)"))
  }

  static func unknownChoice(_ text: String, _ field: Field, _ choices: [Choice]) -> Problem {
    let near = nearest(to: text, in: choices.flatMap { [$0.code, $0.label.chinese] })
    let all = choices.map { "\($0.code)（\($0.label.chinese)）" }.joined(separator: "、")
    let codes = choices.map(\.code).joined(separator: ", ")
    return Problem(
      .inputInvalid,
      Words(
        "“\(field.label.chinese)”（\(field.key)）没有“\(text)”这个选项",
        "'\(field.key)' has no choice '\(text)'"),
      hint: near.map { Words("是不是 \($0)？", "did you mean \($0)?") }
        ?? Words("可选：\(all)", "choices: \(codes)"))
  }

  static func missingValue(_ field: Field, of kind: Kind) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "“\(kind.label.chinese)”必须填“\(field.label.chinese)”（\(field.key)）",
        "\(kind.label.english) needs '\(field.key)'"))
  }

  static func notOrdered(_ field: Field) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "“\(field.label.chinese)”（\(field.key)）不分大小，只能比较是否相同",
        "'\(field.key)' has no order, it can only be compared for equality"))
  }

  static func notComparable(_ left: Field, _ right: Field) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "“\(left.label.chinese)”（\(left.key)）和“\(right.label.chinese)”（\(right.key)）不是同一类内容，不能比较",
        "'\(left.key)' and '\(right.key)' hold different things and cannot be compared"))
  }

  static func notSummable(_ field: Field) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "“\(field.label.chinese)”（\(field.key)）不是数字，不能求和或求平均",
        "'\(field.key)' is no number and has no sum or average"))
  }

  static func notDated(_ field: Field) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "“\(field.label.chinese)”（\(field.key)）不是日期或时间，不能按期间筛选",
        "'\(field.key)' is neither a date nor a moment and cannot be within a period"))
  }

  static func notDatedKind(_ kind: Kind) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "“\(kind.label.chinese)”没有起止日期，不能问某天是否有效",
        "\(kind.collection) have no dates of validity and cannot be asked for what is in force"))
  }

  static func sumTooLarge(_ field: Field) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "“\(field.label.chinese)”（\(field.key)）的合计太大，超出了能精确表示的范围",
        "the sum of '\(field.key)' is too large to be exact"))
  }

  static func nestedTooDeep(_ limit: Int) -> Problem {
    Problem(
      .inputInvalid,
      Words("条件嵌套超过 \(limit) 层", "the conditions are nested more than \(limit) deep"))
  }

  static func recordChanged(_ kind: Kind, _ code: String, expected: Int, found: Int) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "\(kind.label.chinese) \(code) 已被别人改过（现在是第 \(found) 版，不是第 \(expected) 版）",
        "\(kind.label.english) \(code) was changed meanwhile (it is at version \(found), not \(expected))"
      ),
      hint: Words("重新读取后再改", "read it again before changing it"))
  }

  static func recordRetracted(_ kind: Kind, _ code: String) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "\(kind.label.chinese) \(code) 已撤销，不能再改",
        "\(kind.label.english) \(code) was retracted and cannot change"))
  }

  static func reasonNeeded() -> Problem {
    Problem(
      .inputInvalid,
      Words("更正和撤销要写明理由", "a correction or retraction needs a reason"),
      hint: Words("用 --reason 写一句话", "say why with --reason"))
  }

  static func danglingReference(_ field: Field, of kind: Kind, _ id: Int64) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "“\(kind.label.chinese)”的“\(field.label.chinese)”（\(field.key)）指向的记录 \(id) 不存在",
        "'\(field.key)' of the \(kind.label.english) names record \(id), which does not exist"))
  }
}

extension Problem {
  static func unknownRole(_ name: String) -> Problem {
    let known = Role.allCases.map(\.rawValue)
    let labels = Role.allCases.map { "\($0.rawValue)（\($0.label.chinese)）" }.joined(separator: "、")
    let near = nearest(to: name, in: known)
    return Problem(
      .usage,
      Words("没有“\(name)”这个角色", "there is no role '\(name)'"),
      hint: Words(
        near.map { "是不是 \($0)？" } ?? "可用的角色：\(labels)",
        near.map { "did you mean \($0)?" } ?? "roles: \(known.joined(separator: ", "))"))
  }

  static func roleNeedsUnit(_ role: Role) -> Problem {
    Problem(
      .usage,
      Words("角色“\(role.label.chinese)”要写明属于哪个社区", "role '\(role.rawValue)' needs a community"),
      hint: Words("例如 --as \(role.rawValue)@sll-02", "for example --as \(role.rawValue)@sll-02"))
  }

  static func roleTakesNoUnit(_ role: Role, _ text: String) -> Problem {
    Problem(
      .usage,
      Words("“\(text)”写法不对", "'\(text)' is not how an actor is written"),
      hint: role.isStreetWide
        ? Words(
          "街道的角色不带社区：--as \(role.rawValue)", "street roles take no community: --as \(role.rawValue)"
        )
        : Words("例如 --as \(role.rawValue)@sll-02", "for example --as \(role.rawValue)@sll-02"))
  }

  static func headNeedsBuilding(_ text: String) -> Problem {
    Problem(
      .usage,
      Words("楼栋长要写明楼栋", "a building head needs a building"),
      hint: Words("例如 --as \(text)/B07", "for example --as \(text)/B07"))
  }

  static func roleTakesNoPart(_ role: Role, _ text: String) -> Problem {
    Problem(
      .usage,
      Words("“\(text)”写法不对", "'\(text)' is not how an actor is written"),
      hint: Words(
        "只有楼栋长写楼栋、居民写本人编号；这里写 --as \(text.prefix { $0 != "/" })",
        "only heads name a building and residents their record; write --as \(text.prefix { $0 != "/" })"
      ))
  }

  /// The building of a head, or the record of a resident, is not there.
  public static func noSuchPlace(_ actor: Actor) -> Problem {
    let part = actor.part ?? ""
    let unit = actor.unit?.rawValue ?? ""
    return actor.role == .head
      ? Problem(
        .recordUnknown, Words("\(unit) 没有楼栋“\(part)”", "\(unit) has no building '\(part)'"),
        hint: Words(
          "写 B 加楼号（\(unit)/B07）或楼栋的编号；gongyue records buildings 列出楼栋",
          "write B and its number (\(unit)/B07) or its code; gongyue records buildings lists them"))
      : Problem(
        .recordUnknown, Words("\(unit) 没有居民“\(part)”", "\(unit) has no person '\(part)'"),
        hint: Words(
          "写居民记录的编号，如 \(unit)-P-2026-0001", "write the person's code, such as \(unit)-P-2026-0001"))
  }

  /// Only the own records may be changed, of the kinds that heads write.
  public static func notOwn(_ actor: Actor) -> Problem {
    let kinds = BuiltInKinds.all.filter { $0.writers.contains(actor.role) }
    return Problem(
      .denied,
      Words(
        "\(actor.role.label.chinese)（\(actor)）只能登记和修改本楼栋的记录："
          + kinds.map(\.label.chinese).joined(separator: "、"),
        "\(actor.role.label.english) (\(actor)) may file and change records of the own building only: "
          + kinds.map(\.collection).joined(separator: ", ")))
  }

  /// The actor's role does not allow it.
  public static func notAllowed(_ actor: Actor, to doing: Words) -> Problem {
    Problem(
      .denied,
      Words(
        "\(actor.role.label.chinese)（\(actor)）不能\(doing.chinese)",
        "\(actor.role.label.english) (\(actor)) may not \(doing.english)"))
  }

  /// The actor's role may not file or change records of the kind.
  public static func mayNotWrite(_ kind: Kind, _ actor: Actor) -> Problem {
    let label = kind.label
    if actor.role == .head, !kind.isKeptByStreet { return notOwn(actor) }
    return notAllowed(
      actor,
      to: kind.isKeptByStreet
        ? Words(
          "登记或修改“\(label.chinese)”：这由街道办登记",
          "file or change \(kind.collection): the street office keeps them")
        : Words("登记或修改记录", "file or change records"))
  }

  /// Records with a sensitive choice were asked for by name, without a purpose or the right.
  public static func choiceNotDisclosed(
    _ choice: Choice, to actor: Actor, purpose: String?
  ) -> Problem {
    let who = actor.role.label
    // Some roles may not even with a purpose; they are not told to state one.
    let lacksPurpose = purpose == nil && actor.reading(.sensitive, purpose: "-") != .never
    return Problem(
      .denied,
      Words(
        "“\(choice.label.chinese)”是敏感信息，\(who.chinese)（\(actor)）"
          + (lacksPurpose ? "没有写明用途，不能查看" : "不能查看"),
        "'\(choice.label.english)' is sensitive and may not be seen by \(who.english) (\(actor))"
          + (lacksPurpose ? " without a purpose" : "")),
      hint: Words(
        "本社区书记、社区工作者、接待员写明 --purpose 后可以查看，街道只能看条数；都会记入审计",
        "the community's secretary, workers and receptionist may, with --purpose, the street how many; "
          + "it is recorded"))
  }

  /// A field was searched by that the role may not see, whatever the purpose.
  public static func mayNotSearch(by field: Field, of kind: Kind, _ actor: Actor) -> Problem {
    let sort =
      field.sensitivity == .sensitive
      ? Words("敏感信息", "sensitive") : Words("个人信息", "personal")
    return notAllowed(
      actor,
      to: Words(
        "按“\(kind.label.chinese)”的“\(field.label.chinese)”查找：这是\(sort.chinese)",
        "search \(kind.collection) by \(field.key): that is \(sort.english)"))
  }

  /// Sensitive records of which only the number may be known were asked for one by one.
  public static func mayNotTellApart(by field: Field, _ actor: Actor) -> Problem {
    notAllowed(
      actor,
      to: Words(
        "按“\(field.label.chinese)”把敏感记录逐个分开，只能看有多少条",
        "tell sensitive records apart by '\(field.key)', only how many there are"))
  }

  /// A unit outside the actor's scope was named (`decisions.md` 19).
  public static func outsideScope(_ actor: Actor, unit: UnitID) -> Problem {
    Problem(
      .denied,
      Words(
        "\(actor.role.label.chinese)（\(actor)）看不到 \(unit) 的资料",
        "\(actor.role.label.english) (\(actor)) may not see records of \(unit)"),
      hint: Words("只能查看本社区的资料", "only records of the own community may be seen"))
  }
}

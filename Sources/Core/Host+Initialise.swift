internal import DemoStreet
internal import Foundation
public import Governance
internal import Plugins
internal import Storage

extension Host {
  /// Makes a workspace: configuration, database, plugins and scripts; with the demo
  /// street in it when asked.
  ///
  /// - Throws: `workspace.exists` when there is one already; nothing is overwritten.
  public static func initialise(
    _ opening: Opening, at directory: String, demo: Bool, scale: Int, drivers: Drivers
  ) throws -> Answer {
    let folder = WorkspaceFolder(path: WorkspaceFolder.absolute(directory, in: opening.directory))
    guard !folder.exists else { throw Problem.workspaceExists(folder.path) }
    let shipped = try ShippedFiles.locate()
    try folder.create()
    try shipped.copy(into: folder.path, demo: demo)
    let configuration = NewWorkspace(demo: demo)
    let catalogue = Catalogue.read(folder.plugins)
    var lock = LockFile()
    for package in catalogue.packages { try lock.pin(package) }
    try folder.save(lock)
    let store = try Store.open(try drivers.open(folder.path + "/" + NewWorkspace.database, true))
    var records = 0
    let isEmpty = try store.read { try !$0.exists(Query(kind: "unit"), in: .all) }
    // An interrupted start has either all of the street or nothing of it.
    if demo, isEmpty {
      guard let text = catalogue.calendar else {
        throw Problem.unreadable(folder.path + "/" + Catalogue.calendarFile)
      }
      let street = DemoStreet(scale: scale, calendar: try CalendarFile.read(text))
      records = try store.fill(with: street, streets: scale, progress: opening.progress)
    }
    // Last: a folder without it is no workspace, so an interrupted start can be repeated.
    try WorkspaceFolder.write(configuration.text, to: folder.configurationFile)
    var made = answer(folder, demo: demo, records: records, plugins: catalogue.packages.count)
    made.warnings += store.takeWarnings()
    return made
  }

  private static func answer(
    _ folder: WorkspaceFolder, demo: Bool, records: Int, plugins: Int
  ) -> Answer {
    var blocks: [Report.Block] = [
      .paragraph(
        Words(
          "工作区建好了：\(folder.path)（\(plugins) 个插件）。",
          "made a workspace: \(folder.path) (\(plugins) plugins)."))
    ]
    if demo, records == 0 {
      blocks.append(
        .paragraph(
          Words("数据库里已经有资料，原样保留。", "there were records in the database already; they are kept.")))
    } else if demo {
      blocks.append(
        .paragraph(
          Words(
            "演示街道已写入，共 \(records) 条记录；人名、电话都是虚构的。",
            "the demo street is in it, \(records) records; all names and telephones are invented."))
      )
    }
    return Answer(
      "init", Report(nil, blocks),
      data: ["workspace": .string(folder.path), "records": .integer(Int64(records))])
  }
}

extension WorkspaceFolder {
  fileprivate func create() throws {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Problem.unwritable(path)
    }
  }
}

/// The configuration file of a new workspace.
private struct NewWorkspace {
  static let database = "gongyue.sqlite"
  let demo: Bool

  var text: String {
    """
    # 公约工作区 / Gongyue workspace
    name: \(demo ? "四龙路街道（演示）" : "我的街道")
    \(demo ? "street: sll\n# 演示数据停在这一天；删去这一行就用真实日期。\ntoday: 2026-05-12" : "# street: sll")
    language: zh
    database: \(Self.database)
    # 脚本一次运行最多用多少；命令行的 --time 和 --memory 只能更少。
    limits:
      time: 60
      memory: 512

    """
  }
}

extension Store {
  /// Writes the demo street, all or nothing.
  fileprivate func fill(
    with street: DemoStreet, streets: Int, progress: (@Sendable (Governance.Progress) -> Void)?
  ) throws -> Int {
    let signature = Signature(
      actor: "gongyue", reason: ProgramReason.demo.chinese,
      today: Day(year: 2026, month: 5, day: 12)!)
    let expected = streets * 90_000
    return try write(signature) { writing in
      var count = 0
      for chapter in street {
        var rest = chapter[...]
        while let first = rest.first {
          let run = rest.prefix { $0.kind == first.kind }
          let ids = try writing.insert(
            first.kind, run.map { Draft($0.kind, unit: $0.unit, $0.values) })
          precondition(ids.first == first.id && ids.last == run.last?.id, "demo ids out of step")
          rest = rest.dropFirst(run.count)
        }
        count += chapter.count
        progress?(
          Governance.Progress(
            ProgramReason.demo, done: count,
            total: max(expected, count)))
      }
      return count
    }
  }
}

extension Problem {
  static func workspaceExists(_ path: String) -> Problem {
    Problem(
      .workspaceExists, Words("这里已经有一个工作区", "there is a workspace here already"),
      at: Place(file: path),
      hint: Words("换一个文件夹，或先把它移走；不会覆盖已有的数据", "choose another folder; nothing is overwritten"))
  }
}

import Foundation
import Governance
import Testing

/// Sentences that once said something untrue, or in the wrong language, or advised what helps nobody.
@Suite struct PlainWordsTests {
  /// The program in a demo street that only reads.
  private static func run(_ arguments: [String]) throws -> Outcome {
    try Program.run(arguments, in: workspace.path)
  }

  private static let workspace: Workspace = {
    do { return try Workspace() } catch { preconditionFailure("\(error)") }
  }()

  // MARK: Settings

  @Test func `Grades whose edges moved are the same grades; labels become codes`() throws {
    let workspace = try Workspace()
    let bands = "{优秀: 85, 良好: 80, 合格: 60}"
    let trial = try workspace.run(
      "assess", "community-assessment", "2026-04", "--what-if", "等次线=" + bands)
    #expect(trial.status == 0, "\(trial.errors)")
    #expect(!trial.output.contains("优秀→优秀"), "\(trial.output)")
    #expect(trial.output.contains("92.85   92.85  0.00  优秀"), "\(trial.output)")
    let set = try workspace.run("set", "等次线", bands, "--street", "--basis", "办公会议")
    #expect(set.output == "已记录：等次线（assessment.bands）= 优秀 85 分、良好 80 分、合格 60 分。\n")
    let why = try workspace.run("why", "等次线", "sll-02", "--json").data(of: "why")
    #expect(why["value"] == .string(#"{"excellent":85,"good":80,"pass":60}"#))
  }

  @Test(arguments: [
    ("[street]", "--street"), ("[street, type]", "--type commodity"),
    ("[street, type, community]", "--unit sll-01"),
  ])
  func `What must be defined says for whom it may be`(who: String, target: String) throws {
    let workspace = try SettingWorkspace([
      "street/more/plugin.yaml": """
      id: more
      title: 更多
      version: 1.0.0
      api: 1
      layer: street
      settings:
        more.days: {label: 天数, type: integer, delegate: required, who: \(who)}
      """
    ])
    #expect(try workspace.run("plugin", "enable", "street.more").status == 0)
    let why = try workspace.run("why", "more.days", "sll-01")
    why.expect(.settingRequired)
    #expect(why.errors.contains("gongyue set more.days 值 \(target) --basis 依据"), "\(why.errors)")
  }

  @Test func `Of a community's own formula it is not said that no other has its type`() throws {
    let folder = "communities/sll-02/own/"
    let workspace = try SettingWorkspace([
      folder + "plugin.yaml":
        "id: own\ntitle: 自家\nversion: 1.0.0\napi: 1\nlayer: community\nunit: sll-02\n",
      folder + "init.lua": """
      local gongyue = require "gongyue"
      return { gongyue.formula {
        id = "own", title = "自家得分", subject = "community", period = "month", from = "2026-01-01",
        value = function() return 88 end,
      } }
      """,
    ])
    #expect(try workspace.run("plugin", "enable", "own").status == 0)
    let assessed = try workspace.run("assess", "own", "2026-04")
    #expect(assessed.output.contains("注：乙社区：本类型只考核了这一个社区，与自身上期比较"), "\(assessed)")
  }

  // MARK: Packages

  static let head = "id: try\ntitle: 试\nversion: 1.0.0\napi: 1\nlayer: street\n"

  @Test(arguments: [
    (
      head, "local x = = 1",
      ["plugins/street/try/init.lua:1"], "检查了 1 个插件，发现 1 个问题。"
    ),
    (
      head + "titel: 试\n", "local x = = 1",
      ["plugins/street/try/plugin.yaml:6", "plugins/street/try/init.lua:1"], "检查了 1 个插件，发现 2 个问题。"
    ),
    ("", "return {}", ["plugins/street/try/plugin.yaml"], "检查了 1 个插件，发现 1 个问题。"),
    (head, nil, ["plugins/street/try"], "检查了 1 个插件，发现 1 个问题。"),
  ])
  func `A broken package is counted, and its sources are checked beside its manifest`(
    manifest: String, source: String?, places: [String], summary: String
  ) throws {
    let workspace = try SettingWorkspace(["street/try/plugin.yaml": manifest])
    if let source { try workspace.write(source, to: "street/try/init.lua") }
    for name in ["try", "plugins/street/try", "street.try"] {
      let check = try workspace.run("plugin", "check", name)
      check.expect(places[0].hasSuffix("init.lua:1") ? .scriptSyntax : .pluginInvalid)
      #expect(check.output == summary + "\n", "\(name)")
      let found = check.errors.lines.filter { $0.hasPrefix("  --> ") }
      #expect(found == places.map { "  --> " + $0 }, "\(check.errors)")
      #expect(check.errors.lines.count { $0.hasPrefix("  hint: ") } == places.count)
    }
    let all = try workspace.run("plugin", "check")
    #expect(all.output.hasPrefix("检查了 3 个插件，发现 "), "\(all.output)")
  }

  // MARK: Roles

  @Test func `A community's bulletin does not speak of the whole street`() throws {
    let workspace = try Workspace()
    let own = try workspace.run("run", "report", "period=2026-04", "--as", "worker@sll-02")
    #expect(own.status == 0, "\(own.errors)")
    #expect(own.output.contains("不稳定因素本社区合计：少量，不对外公布。\n"), "\(own.output)")
    #expect(!own.output.contains("全街道"))
    let all = try workspace.run("run", "report", "period=2026-04")
    #expect(all.output.contains("不稳定因素全街道合计：27 件，不分社区公布。\n"))
  }

  @Test(arguments: [
    (
      ["run", "report", "period=2026-04", "--as", "resident@sll-02"],
      "居民（resident@sll-02）不能查看“居民病重住院”的事项：这是敏感信息"
    ),
    (
      ["records", "cases", "--where", "kind=serious_illness", "--as", "resident@sll-02"],
      "“居民病重住院”是敏感信息，居民（resident@sll-02）不能查看"
    ),
    (
      ["records", "cases", "--where", "kind=病重住院", "--as", "council@sll-02"],
      "“居民病重住院”是敏感信息，议事会成员（council@sll-02）不能查看"
    ),
    (
      ["records", "dwellings", "--where", "low_income=true", "--as", "council@sll-02"],
      "议事会成员（council@sll-02）不能按“住房（户）”的“低保户”查找：这是敏感信息"
    ),
    (
      [
        "eval", "print(gongyue.cases:where { kind = 'serious_illness' }:count())", "--as",
        "council@sll-02",
      ], "议事会成员（council@sll-02）不能查看“居民病重住院”的事项：这是敏感信息"
    ),
    (
      ["records", "cases", "--where", "kind=serious_illness", "--as", "worker@sll-02"],
      "“居民病重住院”是敏感信息，社区工作者（worker@sll-02）没有写明用途，不能查看"
    ),
  ])
  func `Only whom a purpose would help is told that it is missing`(
    arguments: [String], message: String
  ) throws {
    let arguments = arguments.map { $0.replacing("病重住院", with: "居民病重住院") }
    try Self.run(arguments).expect(.denied, message)
  }

  // MARK: Running

  @Test(arguments: [
    (
      ["ledgers", "2026-04"], "“ledgers”后面的“2026-04”没有写参数名",
      "gongyue run ledgers period=2026-04"
    ),
    (
      ["scripts/overdue.lua", "sll-02"], "“scripts/overdue.lua”后面的“sll-02”没有写参数名",
      "参数写成 名称=值"
    ),
  ])
  func `An argument without a name is told how arguments are written`(
    words: [String], message: String, hint: String
  ) throws {
    let outcome = try Self.run(["run"] + words)
    outcome.expect(.usage, message)
    #expect(outcome.errors.contains(hint), "\(outcome.errors)")
  }

  @Test func `A command answers to its title`() throws {
    let workspace = try Workspace()
    let titled = try workspace.run("run", "月报汇总", "period=2026-04")
    #expect(titled.status == 0, "\(titled.errors)")
    #expect(titled.output == (try workspace.run("run", "report", "period=2026-04").output))
    let unknown = try workspace.run("run", "无此命令")
    unknown.expect(.pluginUnknown, "没有“无此命令”这个命令")
    #expect(
      unknown.errors.contains("可用的命令：ledgers（四账汇总）、ranking（排名通报）、report（月报汇总）；"),
      "\(unknown.errors)")
  }

  /// Which budget, how much was used, how much there was, and where.
  @Test(arguments: [
    ("while true do end", #"limit\.time\]: 运行了 [\d.]+ 秒，超过上限 1 秒，已停止\n  --> eval:1"#),
    (
      "local t = {} for i = 1, 1e9 do t[i] = {i} end",
      #"limit\.memory\]: 内存要用 3[2-9][\d.]* MiB，超过上限 32 MiB，已停止\n  --> eval:1"#
    ),
    (
      "while true do print(('字'):rep(1000)) end",
      #"limit\.output\]: 输出了 409[6-9] KiB，超过上限 4096 KiB，已停止\n  --> eval:1"#
    ),
    (
      "local t = setmetatable({}, {__index = function(t, k) return t[k + 1] end}) return t[1]",
      #"limit\.depth\]: 调用嵌套超过了 200 层，已停止\n  --> eval:1"#
    ),
    (
      "local function f(n) return 1 + f(n + 1) end f(1)",
      #"limit\.depth\]: 还没返回的调用占满了 1000000 个位置，已停止\n  --> eval:1"#
    ),
  ])
  func `A stop says which budget, how much was used and where`(
    source: String, pattern: String
  ) throws {
    let memory = source.contains("{i}") ? "32" : "512"
    let outcome = try Self.run(["eval", source, "--time", "1", "--memory", memory])
    let expected = try Regex(pattern)
    #expect(outcome.errors.contains(expected), "\(outcome.errors)")
  }

  @Test func `What is not enabled, or cannot be read, is not called unknown`() throws {
    let workspace = try Workspace()
    _ = try workspace.scratch.file("plugins/street/tally/plugin.yaml", containing: "id: tally\n")
    try workspace.run("assess", "tally", "2026-04").expect(
      .pluginInvalid, "缺少“version”\n  --> plugins/street/tally/plugin.yaml")
    let manifest = "id: tally\ntitle: 清点\nversion: 1.0.0\napi: 1\nlayer: street\nbasis: 试验\n"
    _ = try workspace.scratch.file("plugins/street/tally/plugin.yaml", containing: manifest)
    _ = try workspace.scratch.file("plugins/street/tally/init.lua", containing: "return {}")
    let words = "插件“street.tally”没有启用\n  hint: gongyue plugin enable street.tally"
    try workspace.run("assess", "tally", "2026-04").expect(.pluginUnknown, words)
    try workspace.run("run", "tally.count").expect(.pluginUnknown, words)
    try workspace.run("run", "tally").expect(.pluginUnknown, words)
  }

  @Test func `A text that is too long is not called too much memory`() throws {
    let outcome = try Workspace().run("eval", "print(('啊'):rep(10000000))")
    outcome.expect(.limitMemory, "一段文字最多 4 MiB，已停止")
  }

  @Test func `A source that is too long is told so in Chinese`() throws {
    let outcome = try Workspace().script("-- " + String(repeating: "x", count: 600_000))
    outcome.expect(.scriptSyntax, "一个 Lua 文件最多 512 KiB\n  --> script.lua\n  hint: 请分成几个文件")
    let words = String(repeating: "x = x and y ", count: 6000)
    try Workspace().script("local x, y\n" + words).expect(
      .scriptSyntax, "一个 Lua 文件里 and、or、elseif、break、goto 合计最多 ")
  }

  @Test(arguments: [
    ("print(gongyue.case:count())", "如果是 gongyue.case：没有这个名称，是不是想写 gongyue.cases？"),
    ("gongyue.reprot.new 'x'", "如果是 gongyue.reprot：没有这个名称，是不是想写 gongyue.report？"),
    ("gongyue.asess('x')", "如果是 gongyue.asess：没有这个名称，是不是想写 gongyue.assess？"),
    ("local t = {} print(t.zzzz.y)", nil),
  ])
  func `A mistyped name of the module is answered with the nearest`(
    source: String, hint: String?
  ) throws {
    let outcome = try Workspace().run("eval", source)
    outcome.expect(.scriptError)
    #expect(
      outcome.errors.lines.filter { $0.hasPrefix("  hint: ") }
        == [hint].compactMap { $0.map { "  hint: " + $0 } })
  }

  // MARK: Text that is no UTF-8

  @Test func `Arguments that are no UTF-8 are refused before anything is stored`() throws {
    let workspace = try SettingWorkspace()
    let before = try workspace.mark()
    let errors = try workspace.scratch.file("errors")
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = [
      "-c",
      #"exec "$0" set notice.days 8 --unit sll-02 --basis "$(printf '\273\341\322\351')""#
        + " 2> errors", Program.path,
    ]
    shell.currentDirectoryURL = URL(fileURLWithPath: workspace.scratch.path)
    try shell.run()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 64)
    #expect(
      try String(contentsOf: errors, encoding: .utf8)
        == "error[usage]: 第 7 个参数不是 UTF-8 文字\n  hint: 请把终端的编码改为 UTF-8（很可能现在是 GB18030）\n")
    #expect(try workspace.mark() == before)
  }

  @Test func `A calendar in GB18030 is told to be saved as UTF-8`() throws {
    let workspace = try SettingWorkspace()
    let file = URL(fileURLWithPath: workspace.scratch.path + "/plugins/law/calendar.yaml")
    try Data([0xB7, 0xC5, 0xBC, 0xD9]).write(to: file)
    let outcome = try workspace.run("eval", "return 1")
    outcome.expect(.inputInvalid, "这个文件不是 UTF-8 编码")
    #expect(outcome.errors.contains("plugins/law/calendar.yaml\n  hint: 在编辑器里另存为 UTF-8"))
  }

  // MARK: The language of messages

  @Test(arguments: [
    (["records", "案件"], "事项（cases）"), (["records", "cases", "--where", "无此项=1"], "事项类别（kind）"),
    (["eval", "gongyue.cases:where { zzzzzzz = 1 }"], "事项类别（kind）"),
    (["assess", "无此公式", "2026-04"], "可用的公式：community-assessment（社区考核）"),
    (["assess", "无此公式", "2026-04", "--lang", "en"], "formulas: community-assessment\n"),
  ])
  func `What may be written is listed with labels in Chinese and without them in English`(
    arguments: [String], expected: String
  ) throws {
    let outcome = try Self.run(arguments)
    #expect(outcome.errors.contains(expected), "\(outcome.errors)")
  }

  @Test func `English headings and words of records stay whole`() throws {
    let outcome = try Workspace().run("records", "case", "--limit", "5", "--lang", "en")
    let heading = outcome.output.lines[2].split(separator: " ").map(String.init)
    #expect(
      heading.starts(with: ["Code", "Unit", "kind", "danger", "channel", "state", "reported"]))
    #expect(outcome.output.lines[3].hasPrefix("-----"), "\(outcome.output)")
    #expect(outcome.output.lines.allSatisfy { $0.count <= 80 })
  }

  @Test(arguments: [
    "run report period=2026-04", "run ledgers period=2026-04", "run scripts/overdue.lua",
    "run scripts/overview.lua", "run scripts/deadline.lua posted=2026-04-30",
  ])
  func `Units with an English name are called by it in English`(command: String) throws {
    let words = command.split(separator: " ").map(String.init)
    let outcome = try Self.run(words + ["--lang", "en"])
    #expect(outcome.output.contains("Shizi Street"), "\(outcome.output)\(outcome.errors)")
    #expect(!outcome.output.contains("十字街"))
  }
}

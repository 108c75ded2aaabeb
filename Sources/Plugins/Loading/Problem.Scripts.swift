public import Governance
public import Lua

extension Problem {
  /// A script's failure in words, with its line; the host's own problem where one caused it.
  public static func script(_ error: LuaError) -> Problem {
    var problem = words(of: error)
    if case .runtime(_, let traceback, _, _) = error, problem.calls.isEmpty {
      problem.calls = scriptCalls(in: traceback)
    }
    return problem
  }

  private static func words(of error: LuaError) -> Problem {
    let place =
      error.place.chunk.isEmpty
      ? nil : Place(file: error.place.chunk, line: error.place.line)
    switch error {
    case .syntax(let message, _, let source, let place_):
      if let refusal = refusedSource(message, place) { return refusal }
      let text = withoutPlace(message, place_)
      let slips = source.map { LuaSlips($0, line: place_.line, message: text) }
      if let slip = slips?.find(file: place_.chunk) { return slip }
      return Problem(
        .scriptSyntax, LuaWords(syntax: text).words, at: place,
        hint: Words(
          "看这一行和它前面：引号、括号是否成对，if、for、function 有没有 end",
          "look there and before: quotes and brackets in pairs, an end for each if, for, function"))
    case .runtime(let message, _, let cause, _):
      if let problem = cause as? Problem { return place.map { problem.at($0) } ?? problem }
      if let problems = cause as? Problems {
        let joined = problems.joined
        return place.map { joined.at($0) } ?? joined
      }
      if let inner = cause as? LuaError { return script(inner) }
      if let type = raisedType(message) { return wordless(type, place) }
      let text = withoutPlace(message, error.place)
      let told = LuaWords(text)
      return Problem(.scriptError, told.words, at: place, hint: told.hint)
    case .exceeded(let budget, let used, let limit, _):
      return exceeded(budget, used, limit, place)
    case .unconvertible(let reason, let path, _):
      let start = path.isEmpty ? ("", "") : ("\(path)：", "\(path): ")
      return Problem(
        .scriptError, Words(start.0 + reason.chinese, start.1 + reason.english), at: place)
    case .host(let error, _):
      if let problem = error as? Problem { return place.map { problem.at($0) } ?? problem }
      return Problem(.internal, Words(verbatim: "\(error)"), at: place)
    }
  }

  /// The message without `file:line:` in front, which the place says; a coroutine puts another
  /// before it.
  private static func withoutPlace(_ message: String, _ place: LuaPlace) -> String {
    let parts = message.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, Int(parts[1]) != nil,
      parts[0].hasSuffix(".lua") || parts[0] == place.chunk
    else { return message }
    return withoutPlace(String(parts[2].drop { $0 == " " }), place)
  }

  /// What was not even compiled, because compiling it would take too long (`Source.c`).
  private static func refusedSource(_ message: String, _ place: Place?) -> Problem? {
    if let size = message.amount(after: "source is longer than ", before: " KiB") {
      return Problem(
        .scriptSyntax,
        Words("一个 Lua 文件最多 \(size) KiB", "a Lua file may have at most \(size) KiB"), at: place,
        hint: Words("请分成几个文件，用 require 合起来", "divide it into files and require them"))
    }
    guard let count = message.amount(after: "more than ", before: " times 'and', ") else {
      return nil
    }
    return Problem(
      .scriptSyntax,
      Words(
        "一个 Lua 文件里 and、or、elseif、break、goto 合计最多 \(count) 个",
        "a Lua file may have at most \(count) of 'and', 'or', 'elseif', 'break', 'goto' together"),
      at: place,
      hint: Words("请分成几个文件，或改用表来查", "divide it into files, or look things up in a table"))
  }

  /// What `error` was given where that was no text: lauxlib's words for it.
  private static func raisedType(_ message: String) -> String? {
    guard message.hasPrefix("(error object is a "), message.hasSuffix(" value)") else { return nil }
    return String(message.dropFirst("(error object is a ".count).dropLast(" value)".count))
  }

  private static func wordless(_ type: String, _ place: Place?) -> Problem {
    Problem(
      .scriptError,
      Words("脚本报错，给出的是 \(type)，没有写原因", "the script raised a \(type) that says nothing"),
      at: place,
      hint: Words("请写成 error(\"原因\")", "write error(\"the reason\")"))
  }

  private static func exceeded(
    _ budget: Budget, _ used: Double, _ limit: Double, _ place: Place?
  ) -> Problem {
    func number(_ value: Double, places: Double = 100) -> String {
      let value = (value * places).rounded() / places
      return value == value.rounded() && value.magnitude < 1e15
        ? String(Int64(value)) : String(value)
    }
    switch budget {
    case .time:
      return Problem(
        .limitTime,
        Words(
          "运行了 \(number(used)) 秒，超过上限 \(number(limit)) 秒，已停止",
          "stopped after \(number(used)) seconds of at most \(number(limit))"), at: place,
        hint: Words("--time 可以放宽到工作区的上限", "--time can raise it up to the workspace's ceiling"))
    case .memory where limit == Double(Limits.longestText):
      return Problem(
        .limitMemory,
        Words(
          "一段文字最多 \(Limits.longestText >> 20) MiB，已停止",
          "stopped: a text may be at most \(Limits.longestText >> 20) MiB"), at: place,
        hint: Words(
          "这个上限和 --memory 无关；请分成几段，或放进表里逐项输出",
          "--memory does not change that; make several, or print the items of a table"))
    case .memory:
      let most = number(limit / 1_048_576, places: 10)
      let used = number(used / 1_048_576, places: 10)
      return Problem(
        .limitMemory,
        Words(
          "内存要用 \(used) MiB，超过上限 \(most) MiB，已停止",
          "stopped at \(used) MiB of memory of at most \(most)"), at: place,
        hint: Words("逐条读取请用 each()", "read records one by one with each()"))
    case .output:
      return Problem(
        .limitOutput,
        Words(
          "输出了 \(number(used / 1024, places: 1)) KiB，超过上限 \(number(limit / 1024)) KiB，已停止",
          "stopped after \(number(used / 1024, places: 1)) KiB of output of at most \(number(limit / 1024))"
        ),
        at: place,
        hint: Words("上限在 gongyue.yaml 的 limits 里", "the limit stands in gongyue.yaml, under limits")
      )
    case .instructions:
      return Problem(
        .limitInstructions,
        Words(
          "运行了 \(number(used)) 条指令，超过上限 \(number(limit)) 条，已停止",
          "stopped after \(number(used)) instructions of at most \(number(limit))"), at: place)
    case .depth:
      return Problem(
        .limitDepth,
        limit > 1000
          ? Words(
            "还没返回的调用占满了 \(number(limit)) 个位置，已停止",
            "stopped: calls that have not returned fill \(number(limit)) places")
          : Words(
            "调用嵌套超过了 \(number(limit)) 层，已停止",
            "stopped: calls are nested more than \(number(limit)) deep"),
        at: place,
        hint: Words("函数是不是一直在调用自己？", "does a function call itself without end?"))
    }
  }

  /// How scripts that catch an error read it: code, sentence, hint.
  public static func describer(_ language: Language) -> (any Error) -> String {
    { error in
      switch error {
      case let problem as Problem:
        let hint = problem.hint.map {
          language == .chinese ? "（\($0.chinese)）" : " (\($0.english))"
        }
        return problem.message.text(in: language) + (hint ?? "")
      case let problems as Problems:
        return problems.all.map { $0.message.text(in: language) }.joined(separator: "\n")
      default: return "\(error)"
      }
    }
  }

  static func noSuchDefinition(
    _ id: String, _ what: Words, _ package: Package, _ known: [String]
  ) -> Problem {
    let near = nearest(to: id, in: known)
    return Problem(
      .pluginUnknown,
      Words(
        "插件“\(package.name)”没有\(what.chinese)“\(id)”",
        "the package '\(package.name)' has no \(what.english) '\(id)'"),
      hint: near.map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") }
        ?? Words("有：\(known.joined(separator: "、"))", "it has: \(known.joined(separator: ", "))"))
  }

  static func notAList(_ found: LuaValue, _ place: Place) -> Problem {
    Problem(
      .pluginInvalid,
      Words(
        "init.lua 要返回一个列表，这里是 \(found.spelled)", "init.lua returns a list, found \(found.spelled)"),
      at: place,
      hint: Words("return { gongyue.formula { … } }", "return { gongyue.formula { … } }"))
  }

  static func notADefinition(_ found: LuaValue, _ number: Int, _ place: Place) -> Problem {
    Problem(
      .pluginInvalid,
      Words(
        "init.lua 返回的第 \(number) 项不是定义，而是 \(found.spelled)",
        "item \(number) of what init.lua returns is no definition but \(found.spelled)"),
      at: place,
      hint: Words(
        "用 gongyue.formula { … } 或 gongyue.command { … }",
        "use gongyue.formula { … } or gongyue.command { … }"))
  }

  static func notYet(_ definition: ScriptDefinition) -> Problem {
    let name =
      definition.sort == .convention ? Words("公约", "conventions") : Words("表单", "forms")
    return Problem(
      .pluginInvalid,
      Words(
        "这个版本还不能装载\(name.chinese)（gongyue.\(definition.sort.rawValue)），下一版会支持",
        "this version does not load \(name.english) (gongyue.\(definition.sort.rawValue)) yet"),
      at: definition.place,
      hint: Words("请先把这一项从 init.lua 返回的列表里去掉", "take it out of the list for now"))
  }
}

extension Problems {
  /// As one, for whoever can tell only one.
  var joined: Problem {
    guard all.count > 1 else { return all[0] }
    let told = all.prefix(10)
    let more = all.count > told.count ? Words("；……", "; …") : Words("", "")
    var joined = Problem(
      all[0].code,
      Words(
        told.map(\.message.chinese).joined(separator: "；") + more.chinese,
        told.map(\.message.english).joined(separator: "; ") + more.english),
      at: all[0].place, hint: all.lazy.compactMap(\.hint).first)
    for doing in all[0].context { joined = joined.while(doing) }
    return joined
  }
}

extension Problem {
  static func globalAssigned(_ name: String) -> Problem {
    Problem(
      .scriptError,
      Words("公式里不能给全局变量“\(name)”赋值", "a formula cannot assign the global '\(name)'"),
      hint: Words(
        "前面加 local：local \(name) = …。每个社区都从头算起，上一个社区的数不能带到下一个",
        "write local \(name) = …: each community is computed afresh, nothing is carried over"))
  }
}

extension String {
  /// The digits between two texts, which the first follows anywhere.
  fileprivate func amount(after start: String, before end: String) -> String? {
    guard let found = ranges(of: start).last else { return nil }
    let digits = self[found.upperBound...].prefix { $0.isNumber }
    return !digits.isEmpty && self[digits.endIndex...].hasPrefix(end) ? String(digits) : nil
  }
}

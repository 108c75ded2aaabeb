internal import Governance
internal import Lua

/// Lua's own messages in the reader's language, with what its author may have meant.
///
/// The English is Lua's; `pcall` hands scripts that text, so it stays as it is.
struct LuaWords {
  let words: Words
  let hint: Words?

  private init(_ words: Words, _ hint: Words? = nil) {
    self.words = words
    self.hint = hint
  }

  /// - Parameter message: without its place.
  init(_ message: String) {
    self =
      Self.absent(message) ?? Self.unfit(message) ?? Self.argument(message)
      ?? Self.fixed(message) ?? LuaWords(Words(verbatim: message))
  }

  // MARK: A name that is not there

  /// What stands for something of another language or system.
  private static let elsewhere: [String: Words] = [
    "os": Words(
      "这里没有时钟：今天是 gongyue.today，日期用 gongyue.calendar 推算",
      "there is no clock: today is gongyue.today, and gongyue.calendar reckons days"),
    "io": Words("这里没有文件：用 print 或报告输出", "there are no files: print, or write a report"),
    "debug": Words("这里没有 debug", "there is no debug here"),
    "package": Words("这里没有 package，require 直接写文件名", "there is no package; require a file's name"),
    "random": Words(
      "这里没有随机数：同样的资料必须重算出同样的结果",
      "there are no random numbers: the same records must give the same result again"),
    "randomseed": Words("这里没有随机数", "there are no random numbers"),
    "time": Words("这里没有时钟：今天是 gongyue.today", "there is no clock: today is gongyue.today"),
    "date": Words("这里没有时钟：今天是 gongyue.today", "there is no clock: today is gongyue.today"),
    "unpack": Words("写成 table.unpack", "write table.unpack"),
    "null": Words("“没有值”写 nil；条件里写 gongyue.missing", "write nil; in conditions gongyue.missing"),
    "None": Words("“没有值”写 nil；条件里写 gongyue.missing", "write nil; in conditions gongyue.missing"),
    "undefined": Words("“没有值”写 nil", "write nil"), "True": Words("写成 true", "write true"),
    "False": Words("写成 false", "write false"), "len": Words("长度写 #列表", "write #list"),
    "getn": Words("长度写 #列表", "write #list"), "console": Words("写成 print(…)", "write print(…)"),
    "loadstring": Words("写成 load", "write load"),
    "dofile": Words("写成 require \"文件名\"", "write require \"name\""),
    "loadfile": Words("写成 require \"文件名\"", "write require \"name\""),
    "gongyue": Words(
      "文件开头写 local gongyue = require \"gongyue\"", "begin with local gongyue = require \"gongyue\""),
    "this": Words("对象自己写 self，方法用冒号定义", "write self, and define methods with a colon"),
  ]

  static func hint(forGlobal name: String, among known: some Sequence<String>) -> Words? {
    elsewhere[name]
      ?? nearest(to: name, in: known).map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") }
  }

  /// What Lua calls an item that it has no name for.
  private static let unnamed: Set<String> = ["?", "integer index"]

  private static let sorts: [Substring: Words] = [
    "global": Words("全局变量", "global"), "local": Words("变量", "local"),
    "upvalue": Words("变量", "upvalue"), "field": Words("字段", "field"),
    "method": Words("方法", "method"), "constant": Words("常量", "constant"),
  ]

  /// `attempt to index a nil value (global 'os')` and its kin.
  private static func absent(_ message: String) -> LuaWords? {
    guard
      let found = message.wholeMatch(
        of: #/attempt to (index|call) a (.+) value(?: \((\w+) '(.*)'\))?/#)
    else { return nil }
    let (doing, type) = (String(found.1), String(found.2))
    let name = found.4.map(String.init)
    let sort = found.3.flatMap { sorts[$0] } ?? Words("", "")
    let isItem = unnamed.contains(name ?? "")
    let what = isItem ? "列表里的这一项" : name.map { "\(sort.chinese)“\($0)”" } ?? "这个值"
    let isAbsent = type == "nil"
    let chinese =
      switch (isAbsent, doing) {
      case (true, "call"): "\(what)没有定义（是 nil），不能当函数调用"
      case (true, _): "\(what)没有值（是 nil），不能再取它里面的东西"
      case (false, "call"): "\(what)是 \(type)，不是函数，不能调用"
      default: "\(what)是 \(type)，里面没有东西可取"
      }
    return LuaWords(Words(chinese, message), hint(for: name, found.3.map(String.init), doing, type))
  }

  private static func hint(
    for name: String?, _ sort: String?, _ doing: String, _ type: String
  ) -> Words? {
    if unnamed.contains(name ?? ""), doing == "index" {
      return Words("列表从 1 数起，没有第 0 项；先看这一项在不在", "lists begin at 1; see whether the item is there")
    }
    guard let name, type == "nil" else {
      return type == "query" || type == "record"
        ? Words("调用方法用冒号：对象:方法(…)", "call methods with a colon: object:method(…)") : nil
    }
    if sort == "global" { return hint(forGlobal: name, among: globals) }
    if let known = elsewhere[name], sort == "field" || sort == "method" { return known }
    guard sort == "field", !members.contains(name) else { return nil }
    return nearest(to: name, in: members).map {
      Words(
        "如果是 gongyue.\(name)：没有这个名称，是不是想写 gongyue.\($0)？",
        "if that was gongyue.\(name): there is no such name; did you mean gongyue.\($0)?")
    }
  }

  static let globals: [String] = [
    "gongyue", "arguments", "print", "ipairs", "pairs", "next", "select", "tostring", "tonumber",
    "type", "error", "assert", "pcall", "xpcall", "require", "load", "rawget", "rawset", "rawequal",
    "rawlen", "setmetatable", "getmetatable", "collectgarbage", "string", "table", "math", "utf8",
    "coroutine", "_G", "_VERSION", "_ENV", "self",
  ]

  private static var members: [String] {
    let module = ScriptAPI(.documentation()).module()
    return BuiltInKinds.all.map(\.collection) + module.functions.map(\.name)
      + module.modules.map(\.name)
  }

  // MARK: A value of the wrong sort

  private static func unfit(_ message: String) -> LuaWords? {
    if let found = message.wholeMatch(
      of:
        #/attempt to (?:perform arithmetic on|concatenate|perform bitwise operation on|get length of) an? (.+) value(?: \((\w+) '(.*)'\))?/#
    ) {
      let verb =
        message.contains("concatenate")
        ? "连接" : message.contains("length") ? "求长度" : "计算"
      let name = found.3.map { "“\($0)”" } ?? ""
      let type = String(found.1)
      return LuaWords(
        Words("不能拿 \(type) \(verb)\(name.isEmpty ? "" : "：\(name)是 \(type)")", message),
        hintForUnfit(type, verb))
    }
    if let found = message.wholeMatch(of: #/attempt to compare (?:two (.+) values|(.+) with (.+))/#)
    {
      let (one, other) = (found.2 ?? found.1 ?? "", found.3 ?? found.1 ?? "")
      return LuaWords(
        Words("\(one) 和 \(other) 不能比较大小", message),
        one == "nil" || other == "nil"
          ? Words("先看有没有值：if x then … end", "see whether there is a value: if x then … end")
          : Words("两边要是同一种：都是数，或都是文字", "both sides must be of one sort: numbers, or texts"))
    }
    return nil
  }

  private static func hintForUnfit(_ type: String, _ verb: String) -> Words? {
    switch (type, verb) {
    case ("nil", _):
      Words(
        "先看有没有值：x or 0，或 if x then … end",
        "see whether there is a value: x or 0, or if x then … end")
    case ("query", "求长度"): Words("查询的条数写 :count()", "a query's size is :count()")
    case ("query", _): Words("先求数：:count() 或 :sum(…)", "make a number first: :count() or :sum(…)")
    case ("boolean", "连接"), ("table", "连接"), ("record", "连接"):
      Words("先写成文字：tostring(…)", "make a text first: tostring(…)")
    case ("string", "计算"):
      Words("文字先变成数：gongyue.decimal.of(…)", "make a number first: gongyue.decimal.of(…)")
    default: nil
    }
  }

  /// `bad argument #1 to 'insert' (table expected, got nil)`.
  private static func argument(_ message: String) -> LuaWords? {
    guard
      let found = message.wholeMatch(
        of: #/bad argument #(\d+) to '(.+)' \((.+)\)/#)
    else {
      guard let own = message.wholeMatch(of: #/calling '(.+)' on bad self.*/#) else { return nil }
      return LuaWords(
        Words("调用“\(own.1)”的对象不对", message),
        Words("调用方法用冒号：对象:\(own.1)(…)", "call it with a colon: object:\(own.1)(…)"))
    }
    let reason = String(found.3)
    let why: String
    if let pair = reason.wholeMatch(of: #/(.+) expected, got (.+)/#) {
      why = "应为 \(pair.1)，实际是 \(pair.2 == "no value" ? "没有写" : String(pair.2))"
    } else {
      why = reasons[reason] ?? reason
    }
    return LuaWords(Words("\(found.2) 的第 \(found.1) 个参数不对：\(why)", message))
  }

  private static let reasons = [
    "number has no integer representation": "要整数，这里有小数",
    "value expected": "没有写", "invalid UTF-8 code": "不是 UTF-8 文字",
    "position out of bounds": "超出了列表的范围", "index out of range": "超出了范围",
    "initial position is a continuation byte": "落在了一个字的中间", "interval is empty": "范围是空的",
    "string slice too long": "文字太长", "wrap around": "范围太大", "too many elements to move": "项数太多",
    "base out of range": "进制应在 2 到 36 之间",
  ]

  // MARK: Everything else

  private static let fixed: [(start: String, words: String, hint: Words?)] = [
    (
      "attempt to divide by zero", "不能除以 0",
      Words("先判断除数；比率可用 gongyue.stats.rate", "test the divisor first, or use gongyue.stats.rate")
    ),
    (
      "attempt to perform 'n//0'", "不能除以 0",
      Words("先判断除数；比率可用 gongyue.stats.rate", "test the divisor first, or use gongyue.stats.rate")
    ),
    (
      "attempt to perform 'n%%0'", "不能除以 0（% 的右边是 0）",
      Words("先判断除数", "test the divisor first")
    ),
    (
      "number has no integer representation", "要整数，这里有小数", Words("取整写 x // 1", "x // 1 rounds down")
    ),
    ("'for' initial value must be a number", "for 的起始值要是数", nil),
    ("'for' limit must be a number", "for 的终值要是数", nil),
    ("'for' step must be a number", "for 的步长要是数", nil),
    ("'for' step is zero", "for 的步长不能是 0", nil),
    ("table index is nil", "表的键是 nil", Words("先看键有没有值", "see whether the key has a value")),
    ("table index is NaN", "表的键不是一个数（0/0）", nil),
    (
      "assertion failed!", "assert 的条件不成立",
      Words("写明原因：assert(条件, \"原因\")", "say why: assert(condition, \"reason\")")
    ),
    ("cannot resume dead coroutine", "协程已经结束，不能再继续", nil),
    ("cannot resume non-suspended coroutine", "协程正在运行，不能再继续", nil),
    ("attempt to yield from outside a coroutine", "不在协程里，不能 yield", nil),
    ("attempt to yield across a C-call boundary", "这里不能 yield", nil),
    ("cannot change a protected metatable", "这个元表不能改", nil),
    ("invalid key to 'next'", "next 的键不在表里", nil),
    (
      "invalid value (", "table.concat 的列表里有不能连接的值",
      Words("每一项先写成文字：tostring(…)", "make each a text first: tostring(…)")
    ),
    (
      "invalid order function for sorting", "sort 的比较函数前后矛盾",
      Words("相等时要返回 false", "it must return false for equal ones")
    ),
    (
      "wrong number of arguments to 'insert'", "table.insert 的参数个数不对",
      Words("写成 table.insert(列表, 值)", "write table.insert(list, value)")
    ),
    ("string length overflow", "文字太长", nil),
    (
      "malformed pattern", "模式写得不对",
      Words("想照原样找，写 gongyue.text.find", "to look for plain text use gongyue.text.find")
    ),
    ("invalid option", "没有这个选项", nil),
    ("invalid conversion", "string.format 的格式不对", nil),
    (
      "a coroutine made while the package loads would go on from call to call",
      "装载时建立的协程会从一个社区带到下一个；请在函数里建立", nil
    ),
    (
      "a gmatch iterator made while the package loads would go on from call to call",
      "装载时建立的 gmatch 会从一个社区带到下一个；请在函数里建立", nil
    ),
  ]

  private static func fixed(_ message: String) -> LuaWords? {
    if let known = fixed.first(where: { message.hasPrefix($0.start) }) {
      return LuaWords(Words(known.words, message), known.hint)
    }
    // The shim says these in the language asked for; only the hint is missing.
    let known = hints.first { message.contains($0.chinese) || message.contains($0.english) }
    return known.map { LuaWords(Words(verbatim: message), $0.hint) }
  }

  private static let hints: [(chinese: String, english: String, hint: Words)] = [
    (
      "十进制数不能用 /", "a decimal has no /",
      Words(
        "相除写 gongyue.decimal.div(a, b, 2)", "to divide write gongyue.decimal.div(a, b, 2)")
    ),
    (
      "十进制数不能和不精确的小数", "do not mix",
      Words("写成 gongyue.decimal.of \"1.5\"", "write gongyue.decimal.of \"1.5\"")
    ),
    (
      "十进制数只能和", "a decimal goes with",
      Words("文字先变成数：gongyue.decimal.of(…)", "make a number of a text: gongyue.decimal.of(…)")
    ),
    (
      "乘积要", "the product needs more",
      Words(
        "先用 gongyue.decimal.round(数, 位数) 舍入", "round first: gongyue.decimal.round(number, places)")
    ),
    (
      "转了一圈又引用自己", "requires itself",
      Words(
        "两个文件互相 require：把共用的部分移到第三个文件",
        "two files require each other: move what they share into a third")
    ),
  ]
}

// MARK: What is no Lua

extension LuaWords {
  /// `'then' expected near '='`.
  init(syntax message: String) {
    let words: String
    let near = message.wholeMatch(of: #/(.*) near (.+)/#)
    let what = near.map { String($0.1) } ?? message
    let place = near.map { $0.2 == "<eof>" ? "到文件末尾" : "在 \($0.2) 附近" } ?? ""
    if let found = what.wholeMatch(of: #/'?(.+?)'? expected \(to close '(.+)' at line (\d+)\)/#) {
      words = "第 \(found.3) 行的 \(found.2) 没有收尾，还缺 \(found.1)"
    } else if let found = what.wholeMatch(of: #/'?(.+?)'? expected/#) {
      words = "这里应有 \(Self.sign(String(found.1)))"
    } else if let found = what.wholeMatch(of: #/no visible label '(.+)' for goto.*/#) {
      words = "goto 找不到标号“\(found.1)”"
    } else {
      words = Self.syntax.first { what.hasPrefix($0.start) }?.words ?? what
    }
    self.init(
      Words("Lua 语法错误：\(place.isEmpty ? "" : place + "，")\(words)", "syntax error: \(message)"))
  }

  private static func sign(_ text: String) -> String {
    switch text {
    case "<name>": "一个名称"
    case "<eof>": "文件的末尾（前面多了一个 end？）"
    case "function arguments": "方法的参数，如 ()"
    default: text
    }
  }

  private static let syntax: [(start: String, words: String)] = [
    ("unexpected symbol", "写法不对"), ("syntax error", "写法不对"),
    ("unfinished string", "文字没有收尾的引号"), ("unfinished long", "[[ 没有收尾的 ]]"),
    ("malformed number", "数字写得不对"), ("break outside a loop", "break 不在循环里"),
    ("cannot use '...'", "... 只能用在 function(...) 里"),
    ("attempt to assign to const variable", "const 变量不能再赋值"),
    ("invalid escape sequence", "引号里的 \\ 后面不对（要写 \\ 本身请写 \\\\）"),
    ("hexadecimal digit", "\\x 后面要两位十六进制数"), ("decimal escape too large", "\\ 后面的数太大"),
    ("too many local variables", "一个函数里的变量太多"), ("too many upvalues", "一个函数用到的外层变量太多"),
    ("function or expression needs too many registers", "这个函数太长"),
    ("chunk has too many syntax levels", "嵌套太深"), ("C stack overflow", "嵌套太深"),
    ("label '", "标号写了两次"), ("multiple to-be-closed", "一处只能有一个 <close> 变量"),
    ("unknown attribute", "没有这种变量属性，只有 <const>、<close>"),
  ]
}

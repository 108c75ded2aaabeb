internal import Governance

/// Every way to write a command wrongly, in words.
extension Problem {
  static func unknownCommand(_ typed: String, under path: [String], known: [String]) -> Problem {
    let whole = (path.dropFirst() + [typed]).joined(separator: " ")
    let near = nearest(to: typed, in: known)
    let hint =
      near.map { Words("是不是想用“\($0)”？", "did you mean '\($0)'?") }
      ?? Words("gongyue help 列出所有命令", "gongyue help lists all commands")
    return Problem(
      .usage, Words("没有命令“\(whole)”", "there is no command '\(whole)'"), hint: hint)
  }

  static func missingCommand(under path: [String], known: [String]) -> Problem {
    let whole = path.dropFirst().joined(separator: " ")
    return Problem(
      .usage,
      Words("“\(whole)”后面缺少命令", "a command is missing after '\(whole)'"),
      hint: Words(
        "可用：\(known.joined(separator: "、"))", "possible: \(known.joined(separator: ", "))"))
  }

  static func unknownOption(_ typed: String, known: [String], usage: Words) -> Problem {
    let near = nearest(to: typed, in: known)
    let isNumber = typed.dropFirst().first?.isNumber == true
    let hint =
      if let near {
        Words("是不是想用“\(near)”？", "did you mean '\(near)'?")
      } else if isNumber {
        Words("负数前面请加“--”", "put '--' in front of a negative number")
      } else {
        usage
      }
    return Problem(
      .usage, Words("没有选项“\(typed)”", "there is no option '\(typed)'"), hint: hint)
  }

  static func missingValue(of option: String, named name: String, usage: Words) -> Problem {
    Problem(
      .usage,
      Words("选项“\(option)”后面缺少 \(name)", "option '\(option)' needs \(name) after it"),
      hint: usage)
  }

  static func negativeValue(_ value: String, of option: String) -> Problem {
    Problem(
      .usage, Words("\(option) 不能是“\(value)”", "\(option) cannot be '\(value)'"),
      hint: Words(
        "值若以“-”开头，要写成 \(option)=\(value)",
        "a value that begins with '-' is written \(option)=\(value)"))
  }

  static func flagTakesNoValue(_ option: String) -> Problem {
    Problem(
      .usage, Words("选项“\(option)”不带值", "option '\(option)' takes no value"),
      hint: Words("去掉“=”和后面的内容", "leave out '=' and what follows"))
  }

  static func notOffered(_ value: String, by option: String, values: [String]) -> Problem {
    let near = nearest(to: value, in: values)
    let hint =
      near.map { Words("是不是想用“\($0)”？", "did you mean '\($0)'?") }
      ?? Words(
        "可用：\(values.joined(separator: "、"))", "possible: \(values.joined(separator: ", "))")
    return Problem(
      .usage,
      Words("\(option) 不能是“\(value)”", "\(option) cannot be '\(value)'"), hint: hint)
  }

  static func missingArguments(_ names: [String], usage: Words) -> Problem {
    let list = names.joined(separator: " ")
    return Problem(.usage, Words("缺少参数 \(list)", "missing \(list)"), hint: usage)
  }

  static func missingOption(_ option: String, usage: Words) -> Problem {
    Problem(
      .usage, Words("缺少选项 \(option)", "option \(option) is required"), hint: usage)
  }

  static func extraArgument(_ typed: String, usage: Words) -> Problem {
    Problem(
      .usage, Words("多余的参数“\(typed)”", "unexpected argument '\(typed)'"), hint: usage)
  }

  /// - Parameter index: counted from one, behind the program's name.
  static func notUTF8(argument index: Int) -> Problem {
    Problem(
      .usage,
      Words("第 \(index) 个参数不是 UTF-8 文字", "argument \(index) is not UTF-8"),
      hint: Words(
        "请把终端的编码改为 UTF-8（很可能现在是 GB18030）",
        "set the terminal to UTF-8 (it may be GB18030)"))
  }

  static func unknownLanguage(_ typed: String) -> Problem {
    Problem(
      .usage, Words("--lang 不能是“\(typed)”", "--lang cannot be '\(typed)'"),
      hint: Words("可用：zh、en", "possible: zh, en"))
  }

  static func notADate(_ text: String, option: String) -> Problem {
    Problem(
      .usage, Words("\(option) 不是日期：“\(text)”", "\(option) is not a date: '\(text)'"),
      hint: Words("写成 2026-05-12 的样子", "write it like 2026-05-12"))
  }

  static func notACount(_ text: String, option: String) -> Problem {
    Problem(
      .usage,
      Words("\(option) 不是正整数：“\(text)”", "\(option) is not a whole number above 0: '\(text)'"),
      hint: Words("例如 \(option) 3", "for example \(option) 3"))
  }

  static func notPositive(_ text: String, option: String) -> Problem {
    Problem(
      .usage,
      Words("\(option) 不是大于 0 的数：“\(text)”", "\(option) is not a number above 0: '\(text)'"),
      hint: Words("例如 \(option) 0.5", "for example \(option) 0.5"))
  }

  static func notAnAssignment(
    _ text: String, option: String, example: String
  ) -> Problem {
    Problem(
      .usage,
      Words("\(option) 要写成 名称=值，不是“\(text)”", "\(option) takes NAME=VALUE, not '\(text)'"),
      hint: Words("例如 \(example)", "for example \(example)"))
  }

  /// Options of which exactly one must be there.
  static func needsOneOf(_ options: [String]) -> Problem {
    let list = options.joined(separator: "、")
    return Problem(
      .usage,
      Words("\(list) 必须且只能写一个", "exactly one of \(options.joined(separator: ", ")) is needed"),
      hint: Words(
        "gongyue help 加命令名，查看用法", "gongyue help and the command's name show how it is used"))
  }

  /// An option without the one it belongs to.
  static func needs(_ option: String, with other: String) -> Problem {
    Problem(
      .usage,
      Words("用 \(other) 时必须写 \(option)", "\(other) needs \(option) as well"),
      hint: Words("补上 \(option)", "add \(option)"))
  }

  static func excludes(_ option: String, _ other: String) -> Problem {
    Problem(
      .usage,
      Words("\(option) 和 \(other) 不能同时用", "\(option) and \(other) exclude each other"),
      hint: Words("去掉其中一个", "leave out one of them"))
  }

  /// A file that would not be what its name says.
  static func noSuchFileFormat(_ ending: String, instead: String) -> Problem {
    let use =
      instead == "csv"
      ? Words("电子表格能打开 CSV：--output 文件名.csv", "spreadsheets open CSV: --output NAME.csv")
      : Words(
        "文字处理软件和浏览器能打开 HTML，再打印成 PDF：--output 文件名.html",
        "word processors and browsers open HTML and print it: --output NAME.html")
    return Problem(
      .usage, Words("不能写 .\(ending) 文件", "a .\(ending) file cannot be written"), hint: use)
  }

  /// What the argument parser refused and we have no words of our own for.
  static func wrongUsage(_ message: String, usage: Words) -> Problem {
    Problem(.usage, Words("命令写得不对：\(message)", message), hint: usage)
  }
}

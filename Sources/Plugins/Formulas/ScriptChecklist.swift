internal import Governance
public import Lua
internal import Synchronization

/// Conditions that a formula checks one by one: each is met or not, with what was read for it.
///
/// A `rate` that returns one scores the conditions met out of all of them.
public final class ScriptChecklist: LuaObject {
  public static let luaType = "checklist"

  struct Check: Sendable {
    let title: Words
    let isMet: Bool
    let reads: FormulaReads
  }

  private let content = Mutex<[Check]>([])

  var checks: [Check] { content.withLock { $0 } }

  func add(_ check: Check) {
    content.withLock { $0.append(check) }
  }
}

extension ScriptChecklist.Check {
  /// As a part of the number of conditions met.
  var part: Inputs.Part {
    Inputs.Part(
      title,
      Inputs.Input(
        .present(isMet ? 1 : 0), records: reads.records, settings: reads.settings),
      note: isMet ? Words("具备", "met") : Words("不具备", "not met"))
  }
}

/// `gongyue.checklist()`.
struct ChecklistAPI {
  let context: ScriptContext

  var function: HostFunction {
    HostFunction(
      "checklist",
      Bilingual(
        "逐项核对的清单；rate 返回它，就按具备的项数占全部项数计分",
        "Conditions checked one by one; a rate that returns it scores those met out of all."),
      returns: Bilingual("清单，用 :check 逐项填", "the list, filled by :check")
    ) { ScriptChecklist() }
  }

  var type: HostType {
    HostType(
      ScriptChecklist.luaType, Bilingual("逐项核对的清单", "Conditions checked one by one."),
      methods: [
        HostFunction(
          "check",
          Bilingual(
            "核对一项；上一项之后读到的记录都记在这一项名下",
            "Checks a condition; records read since the last one are named with it."),
          Parameter("list", Bilingual("清单", "the list"), as: ScriptChecklist.self),
          Parameter("title", Bilingual("这一项的名称", "what is checked"), as: String.self),
          Parameter("met", Bilingual("是否具备", "whether it is met"), as: Bool.self)
        ) { list, title, isMet in
          let world = try context.require(Words("核对", "check"))
          list.add(
            .init(title: Words(verbatim: title), isMet: isMet, reads: try world.readsSinceAsked()))
        }
      ])
  }
}

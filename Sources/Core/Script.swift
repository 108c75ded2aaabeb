internal import Governance
internal import Lua
internal import Plugins
internal import Storage

/// A plain file or a piece of code, run as one chunk with the actor's rights.
struct Script {
  let source: String
  let name: String

  /// Whether it may be a bare expression, `1+1`, as people type at a prompt.
  var mayBeExpression = false

  /// `name=value` of the command line, in the global table `arguments`.
  let arguments: [Assignment]

  /// Runs it in a world.
  func run(
    in world: World, _ context: ScriptContext, limits: Limits,
    output: @escaping (String) -> Void
  ) throws -> ScriptResult {
    let api = ScriptAPI(context)
    let interpreter = Interpreter(
      limits: limits, modules: [api.module(isGlobal: true)], types: api.types,
      language: context.language == .chinese ? .chinese : .english, output: output,
      describe: Problem.describer(context.language))
    interpreter.attach(to: world)
    do {
      try interpreter.set(global: "arguments", to: argumentTable)
      return try ScriptResult(
        interpreter.values(of: chunk(for: interpreter), name: name), in: context,
        output: limits.output)
    } catch let error as LuaError {
      throw Problem.script(error)
    }
  }

  /// The code itself, or `return CODE` where that is an expression.
  private func chunk(for interpreter: Interpreter) throws(LuaError) -> String {
    guard mayBeExpression else { return source }
    let expression = "return " + source
    do {
      try interpreter.check(expression, name: name)
      return expression
    } catch {
      guard case .syntax = error else { throw error }
      return source
    }
  }

  private var argumentTable: LuaValue {
    .record(
      Dictionary(arguments.map { ($0.name, LuaValue.string($0.value)) }) { _, last in last })
  }
}

extension Interpreter {
  /// A stop also stops the statement that is running; a `pcall` of the script is a savepoint.
  func attach(to world: World) {
    let interruption = world.reader.interruption
    onStop(
      unsafeBitCast(
        interruption.function, to: (@convention(c) (UnsafeMutableRawPointer?) -> Void).self),
      context: UnsafeMutableRawPointer(interruption.context))
    guard let writer = world.reader as? Writer else { return }
    savepoints = Savepoints(
      begin: { try writer.beginSavepoint() }, release: { try writer.releaseSavepoint() },
      rollback: { try writer.rollBackSavepoint() })
  }
}

internal import CLuaShim

/// The script that runs on this thread, for what the host does on its behalf.
///
/// Host functions that work for long, or keep what is printed later, ask it; where no script
/// runs, nothing is bounded.
public enum RunningScript {
  /// - Throws: when its time is over, or its memory twice over. The stop replaces it.
  public static func check() throws(LuaFailure) {
    guard let shim = shim_running(), shim_must_end(shim) != 0 else { return }
    throw LuaFailure("运行已停止", "the run was stopped")
  }

  /// Counts what is kept for it, to be printed when it has ended, as printed.
  ///
  /// - Throws: when that is more than its output. The stop replaces it.
  public static func print(bytes: Int) throws(LuaFailure) {
    guard let shim = shim_running(), shim_count_output(shim, Int64(bytes)) == 0 else { return }
    throw LuaFailure("输出超过了上限", "too much output")
  }
}

internal import Glibc

/// How wide a line may be where the answer is shown.
enum Screen {
  /// Where lines stay whole: in pipes and files.
  static let unlimited = 1 << 30

  /// What `COLUMNS` says, else the terminal; a pipe takes whole lines.
  static let width: Int = {
    if let told = getenv("COLUMNS").flatMap({ Int(String(cString: $0)) }), told > 0 { return told }
    guard isatty(STDOUT_FILENO) == 1 else { return unlimited }
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }()
}

internal import CLuaShim
internal import Governance

/// Rows that are in memory already, stepped as a driver's would be.
final class ArrayRows {
  private let rows: [[Value?]]
  private var position = -1

  /// The text asked for last; it stays where it is until the next is.
  private var text: UnsafeMutablePointer<CChar>?

  init(_ rows: [[Value?]]) {
    self.rows = rows
  }

  deinit {
    text?.deallocate()
  }

  /// Keeps these rows alive until it is finalized.
  var source: RowSource {
    RowSource(
      context: Unmanaged.passRetained(self).toOpaque(),
      step: { ArrayRows.at($0).step() },
      type: { ArrayRows.at($0).type($1) },
      integer: { ArrayRows.at($0).integer($1) },
      real: { _, _ in 0 },
      text: { ArrayRows.at($0).text($1, $2) },
      finalize: { Unmanaged<ArrayRows>.fromOpaque($0!).release() },
      message: nil)
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> ArrayRows {
    Unmanaged<ArrayRows>.fromOpaque(context!).takeUnretainedValue()
  }

  private func step() -> Int32 {
    position += 1
    return position < rows.count ? 1 : 0
  }

  /// SQLite's numbers: 1 integer, 3 text, 5 null.
  private func type(_ column: Int32) -> Int32 {
    switch rows[position][Int(column)] {
    case nil: 5
    case .text, .day: 3
    case .boolean, .integer, .decimal, .instant: 1
    }
  }

  private func integer(_ column: Int32) -> Int64 {
    switch rows[position][Int(column)] {
    case .boolean(let truth): truth ? 1 : 0
    case .integer(let number): number
    case .decimal(let decimal): decimal.units
    case .instant(let instant): instant.milliseconds
    case .text, .day, nil: 0
    }
  }

  private func text(
    _ column: Int32, _ length: UnsafeMutablePointer<Int>?
  ) -> UnsafePointer<CChar>? {
    let bytes: [UInt8] =
      switch rows[position][Int(column)] {
      case .text(let text): Array(text.utf8)
      case .day(let day): Array(day.description.utf8)
      default: []
      }
    text?.deallocate()
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + 1)
    for (index, byte) in bytes.enumerated() { copy[index] = CChar(bitPattern: byte) }
    copy[bytes.count] = 0
    text = copy
    length?.pointee = bytes.count
    return UnsafePointer(copy)
  }
}

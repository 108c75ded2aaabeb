internal import CLuaShim

/// Texts that a script passed lately, found by where Lua keeps them.
///
/// A script passes the same few texts again and again; one whose bytes are still
/// the same needs no check and no memory. Shorter than 16 bytes a text lies in
/// the value itself, longer than 64 it is seldom passed twice.
struct RecentTexts {
  private static let count = 64
  private let slots: UnsafeMutablePointer<String>

  init() {
    slots = .allocate(capacity: Self.count)
    slots.initialize(repeating: "", count: Self.count)
  }

  func deallocate() {
    slots.deinitialize(count: Self.count)
    slots.deallocate()
  }

  @inline(__always)
  private func slot(of raw: ShimValue) -> UnsafeMutablePointer<String> {
    slots + (Int(bitPattern: raw.bytes) >> 4 & (Self.count - 1))
  }

  /// The text with these very bytes, if it was kept.
  @inline(__always)
  func find(_ raw: ShimValue) -> String? {
    guard raw.length > 15, raw.length <= 64 else { return nil }
    let slot = slot(of: raw)
    let isSame = slot.pointee.withUTF8 { kept in
      kept.count == raw.length
        && Self.areSame(kept.baseAddress.unsafelyUnwrapped, raw.bytes.unsafelyUnwrapped, raw.length)
    }
    return isSame ? slot.pointee : nil
  }

  /// Compares at least 8 bytes, by eights; the last eight may overlap.
  @inline(__always)
  private static func areSame(
    _ one: UnsafeRawPointer, _ other: UnsafeRawPointer, _ length: Int
  ) -> Bool {
    var place = 0
    while place < length - 8 {
      let (a, b) = (
        one.loadUnaligned(fromByteOffset: place, as: UInt64.self),
        other.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      )
      if a != b { return false }
      place += 8
    }
    return one.loadUnaligned(fromByteOffset: length - 8, as: UInt64.self)
      == other.loadUnaligned(fromByteOffset: length - 8, as: UInt64.self)
  }

  func keep(_ text: String, as raw: ShimValue) {
    guard raw.length > 15, raw.length <= 64 else { return }
    slot(of: raw).pointee = text
  }
}

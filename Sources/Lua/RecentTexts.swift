internal import CLuaShim
internal import Glibc

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
    guard slot.pointee.utf8.count == raw.length else { return nil }
    let isSame = slot.pointee.withUTF8 { memcmp($0.baseAddress!, raw.bytes!, raw.length) == 0 }
    return isSame ? slot.pointee : nil
  }

  func keep(_ text: String, as raw: ShimValue) {
    guard raw.length > 15, raw.length <= 64 else { return }
    slot(of: raw).pointee = text
  }
}

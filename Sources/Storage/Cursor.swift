public import CLuaShim
public import Governance

/// A query's rows one by one, for C: no Swift object is touched between two rows.
///
/// Valid until `finish()`, until the source's own `finalize`, or until the end of
/// the transaction it came from, whichever comes first.
public protocol Cursor: AnyObject {
  /// The functions that step it and give its columns.
  var source: RowSource { get }

  /// Gives the statement back. Doing so twice does no harm.
  func finish()
}

/// A cursor over records, and what its columns hold.
public struct RecordCursor {
  public let cursor: any Cursor
  public let columns: [Column]

  /// One column that a script may read.
  public struct Column: Hashable, Sendable {
    public let field: String
    public let type: FieldType

    /// The column that holds this field's `ValueState` as text; nil when no record
    /// of the kind has a state of its own, so that it is present or missing by null.
    public let state: Int?
  }

  public var source: RowSource { cursor.source }
}

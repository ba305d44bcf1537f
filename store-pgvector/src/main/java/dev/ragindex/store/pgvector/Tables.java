package dev.ragindex.store.pgvector;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Fingerprint;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Where a collection lies: its tables, and what pgvector calls its types and operators, all quoted
 * and qualified, so that no search path matters.
 *
 * @param schema the tables' schema
 * @param collection the collection's name
 * @param pgvector where pgvector is installed
 */
record Tables(SqlIdentifier schema, CollectionName collection, Extension pgvector) {

  /** Room for the next embedding model's tables to be filled beside these. */
  static final int GENERATION = 1;

  /** The table of all collections of a schema. */
  String collections() {
    return schema + "." + new SqlIdentifier("rag_index_collections");
  }

  /** The records of the collection's documents. */
  String documents() {
    return schema + "." + collection.part(GENERATION, "documents");
  }

  /** The collection's chunks. */
  String chunks() {
    return schema + "." + collection.part(GENERATION, "chunks");
  }

  /** An index of the collection; PostgreSQL puts it into its table's schema. */
  SqlIdentifier index(String part) {
    return collection.part(GENERATION, part);
  }

  /** An index as a statement other than CREATE INDEX names it. */
  String qualified(SqlIdentifier index) {
    return schema + "." + index;
  }

  /** A type or function of pgvector. */
  String pgvector(String name) {
    return pgvector.schema() + "." + name;
  }

  /** The cosine distance: 1 less the cosine. */
  String distance(String left, String right) {
    return left + " OPERATOR(" + pgvector.schema() + ".<=>) " + right;
  }

  /** Finds the collection in {@link #collections()}. */
  String name() {
    return collection.name();
  }

  /**
   * Whether there is a table of collections. Asked before it is read in a transaction that must not
   * fail, and before it is made, as even {@code IF NOT EXISTS} takes the right to create.
   */
  boolean areSetUp(Connection connection) throws SQLException {
    try (PreparedStatement find =
        connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      find.setString(1, collections());
      try (ResultSet found = find.executeQuery()) {
        return found.next() && found.getBoolean(1);
      }
    }
  }

  /** The collection as messages name it. */
  String label() {
    return "the collection '%s' in schema %s".formatted(collection.name(), schema);
  }

  /**
   * The primary key of a document's record, from which its chunks hang: 128 bits of SHA-256 of
   * source and key, as a UUID of version 8. The key itself may be longer than a btree takes.
   */
  static UUID idOf(DocumentId document) {
    Fingerprint hash =
        Fingerprint.builder("document/1").add(document.source()).add(document.key()).build();
    ByteBuffer bits = ByteBuffer.wrap(hash.bytes());
    long high = (bits.getLong() & ~0xF000L) | 0x8000L;
    long low = (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}

package dev.ragindex.store.pgvector;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Placement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The commit that a batch is applied to, with the layouts of its documents fetched at once. */
final class BeforeBatch extends PgVectorSnapshot {

  private final Map<UUID, List<Placement>> layouts;

  private BeforeBatch(
      Connection connection, Tables tables, CollectionRow row, Map<UUID, List<Placement>> layouts) {
    super(connection, tables, row);
    this.layouts = layouts;
  }

  static BeforeBatch load(
      Connection connection, Tables tables, CollectionRow row, List<Mutation> batch)
      throws SQLException {
    Set<UUID> documents = batch.stream().flatMap(BeforeBatch::named).collect(Collectors.toSet());
    Map<UUID, List<Placement>> layouts = new HashMap<>();
    if (!documents.isEmpty()) {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT id, layout FROM %s WHERE id = ANY (?::uuid[])"
                  .formatted(tables.documents()))) {
        new SqlArrays<>(select, documents).add("uuid", id -> id);
        try (ResultSet found = select.executeQuery()) {
          while (found.next()) {
            layouts.put(found.getObject(1, UUID.class), RecordJson.layout(found.getString(2)));
          }
        }
      }
    }
    return new BeforeBatch(connection, tables, row, layouts);
  }

  private static Stream<UUID> named(Mutation mutation) {
    return switch (mutation) {
      case Mutation.Put put -> Stream.of(Tables.idOf(put.state().id()));
      case Mutation.Note note -> Stream.of(Tables.idOf(note.state().id()));
      case Mutation.Remove remove -> Stream.of(Tables.idOf(remove.id()));
      case Mutation.Configure configure -> Stream.empty();
    };
  }

  /** Of a document that the batch names. */
  @Override
  public List<Placement> layout(DocumentId id) {
    return layouts.getOrDefault(Tables.idOf(id), List.of());
  }
}

package dev.ragindex.proof;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections that something happens to before each that is made, each statement and each end. */
final class TappedDatabase extends PGSimpleDataSource {

  private static final long serialVersionUID = 1L;

  private static final Set<String> REACHING =
      Set.of("prepareStatement", "createStatement", "commit", "rollback");

  private final transient Tap tap;
  private final transient Consumer<Connection> opened;

  /** Happens before the server is reached; throws so that it is not. */
  interface Tap {
    void before() throws SQLException;
  }

  /**
   * Makes them.
   *
   * @param url where the server is
   * @param tap what happens
   * @param opened gets each connection as it is without
   */
  TappedDatabase(String url, Tap tap, Consumer<Connection> opened) {
    setUrl(url);
    this.tap = tap;
    this.opened = opened;
  }

  /** The process in the server. */
  static int backend(Connection connection) {
    try {
      return connection.unwrap(PGConnection.class).getBackendPID();
    } catch (SQLException e) {
      throw new IllegalStateException("not a connection of the driver's", e);
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    tap.before();
    Connection connection = super.getConnection();
    opened.accept(connection);
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, args) -> call(connection, method, args));
  }

  private Object call(Connection connection, Method method, Object[] args) throws Throwable {
    if (REACHING.contains(method.getName())) {
      tap.before();
    }
    try {
      return method.invoke(connection, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}

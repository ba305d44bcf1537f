package dev.ragindex.store.pgvector;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.ds.PGSimpleDataSource;

/** A loopback forwarder between driver and server, on which a test cuts connections. */
final class Wire implements AutoCloseable {

  private final ServerSocket listener;
  private final InetSocketAddress server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Tap toServer = bytes -> {};
  private volatile Tap toClient = bytes -> {};

  private Wire(InetSocketAddress server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Puts a wire before a database: the DataSource goes through it from now on. */
  static Wire before(PGSimpleDataSource database) throws IOException {
    Wire wire =
        new Wire(new InetSocketAddress(database.getServerNames()[0], database.getPortNumbers()[0]));
    database.setServerNames(new String[] {"127.0.0.1"});
    database.setPortNumbers(new int[] {wire.listener.getLocalPort()});
    return wire;
  }

  /** Sees what the driver sends; throws to cut that connection before the server gets it. */
  void onSend(Tap tap) {
    toServer = tap;
  }

  /** Sees what the server sends; throws to cut that connection before the driver gets it. */
  void onReply(Tap tap) {
    toClient = tap;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket upstream = new Socket(server.getAddress(), server.getPort());
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        open.add(client);
        open.add(upstream);
        Thread.ofVirtual().start(() -> pump(client, upstream, bytes -> toServer.see(bytes)));
        Thread.ofVirtual().start(() -> pump(upstream, client, bytes -> toClient.see(bytes)));
      } catch (IOException e) {
        // closed, or a server that is not there
      }
    }
  }

  private void pump(Socket from, Socket to, Tap tap) {
    byte[] buffer = new byte[1 << 16];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        byte[] bytes = Arrays.copyOf(buffer, n);
        tap.see(bytes);
        out.write(bytes);
      }
    } catch (IOException e) {
      // cut
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** Sees bytes as they pass. */
  interface Tap {
    void see(byte[] bytes) throws IOException;
  }
}

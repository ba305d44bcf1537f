package dev.ragindex.benchmarks.pgvector;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.ds.PGSimpleDataSource;

/** A forwarder on loopback that holds bytes back: a server some way off, of any bandwidth. */
final class DistantServer implements AutoCloseable {

  private final ServerSocket listener;
  private final String host;
  private final int port;
  private final long oneWayNanos;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Packet(byte[] bytes, long due) {}

  private DistantServer(String host, int port, long oneWayNanos) throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.host = host;
    this.port = port;
    this.oneWayNanos = oneWayNanos;
    Thread.ofPlatform().daemon().start(this::accept);
  }

  /** A way to a database's server that takes so long. */
  static DistantServer of(PGSimpleDataSource database, long roundTripNanos) throws IOException {
    return new DistantServer(
        database.getServerNames()[0], database.getPortNumbers()[0], roundTripNanos / 2);
  }

  /** Lets connections to a database take that way. */
  void connect(PGSimpleDataSource database) {
    database.setServerNames(new String[] {InetAddress.getLoopbackAddress().getHostAddress()});
    database.setPortNumbers(new int[] {listener.getLocalPort()});
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(host, port);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        forward(client, server);
        forward(server, client);
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void forward(Socket from, Socket to) {
    BlockingQueue<Packet> way = new LinkedBlockingQueue<>();
    Thread.ofPlatform().daemon().start(() -> receive(from, way));
    Thread.ofPlatform().daemon().start(() -> deliver(way, to));
  }

  private void receive(Socket from, BlockingQueue<Packet> way) {
    byte[] buffer = new byte[1 << 16];
    try (from) {
      int read = from.getInputStream().read(buffer);
      while (read >= 0) {
        way.add(new Packet(Arrays.copyOf(buffer, read), System.nanoTime() + oneWayNanos));
        read = from.getInputStream().read(buffer);
      }
    } catch (IOException e) {
      // the other side has closed it
    } finally {
      way.add(new Packet(new byte[0], System.nanoTime() + oneWayNanos));
    }
  }

  private static void deliver(BlockingQueue<Packet> way, Socket to) {
    try (to;
        OutputStream out = to.getOutputStream()) {
      Packet packet = way.take();
      while (packet.bytes().length > 0) {
        LockSupport.parkNanos(packet.due() - System.nanoTime());
        out.write(packet.bytes());
        packet = way.take();
      }
    } catch (IOException e) {
      // the other side has closed it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}

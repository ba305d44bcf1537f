package dev.ragindex.embedder.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes an ONNX model whose vectors can be worked out by hand: a token's vector is a row of a
 * table. Field numbers are those of onnx.proto (IR version 8, operator set 13).
 */
final class TinyModel {

  static final int DIMENSION = 4;

  /** The vocabulary, and behind each piece its vector. */
  static final List<String> PIECES = List.of("[UNK]", "[CLS]", "[SEP]", "days", "of", "leave");

  static final float[][] ROWS = {
    {0, 0, 0, 1}, {1, 0, 0, 0}, {0, 1, 0, 0}, {3, 1, 0, 2}, {0, 5, 1, 0}, {2, 2, 7, 0}
  };

  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  private final List<byte[]> inputs = new ArrayList<>();
  private final List<byte[]> nodes = new ArrayList<>();
  private final List<byte[]> outputs = new ArrayList<>();

  /** Takes ids; gives a vector for each token. */
  static TinyModel perToken() {
    return new TinyModel()
        .input("input_ids", INT64)
        .gather("last_hidden_state")
        .output("last_hidden_state", "batch", "tokens", DIMENSION);
  }

  /** Takes ids; gives the mean of the tokens' vectors. */
  static TinyModel perText() {
    return new TinyModel()
        .input("input_ids", INT64)
        .gather("rows")
        .mean("rows", "sentence_embedding")
        .output("sentence_embedding", "batch", DIMENSION);
  }

  TinyModel input(String name, int type) {
    inputs.add(value(name, type, "batch", "tokens"));
    return this;
  }

  TinyModel output(String name, Object... shape) {
    outputs.add(value(name, FLOAT, shape));
    return this;
  }

  private TinyModel gather(String output) {
    nodes.add(node("Gather", output, "table", "input_ids"));
    return this;
  }

  private TinyModel mean(String input, String output) {
    byte[] axes = message(m -> m.text(1, "axes").number(8, 1).number(20, 7));
    byte[] keep = message(m -> m.text(1, "keepdims").number(3, 0).number(20, 2));
    byte[] node = node("ReduceMean", output, input);
    nodes.add(join(node, message(m -> m.bytes(5, axes).bytes(5, keep))));
    return this;
  }

  /** Writes the model and a tokenizer for it. */
  void write(Path folder) throws IOException {
    write(folder, "model.onnx");
  }

  void write(Path folder, String file) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.write(folder.resolve(file), bytes());
    StringBuilder vocabulary = new StringBuilder();
    PIECES.forEach(
        piece ->
            vocabulary
                .append(vocabulary.isEmpty() ? "" : ",")
                .append("\"%s\":%d".formatted(piece, PIECES.indexOf(piece))));
    Files.writeString(
        folder.resolve("tokenizer.json"),
        """
        {"added_tokens":[], "normalizer":{"type":"BertNormalizer"},
         "pre_tokenizer":{"type":"BertPreTokenizer"},
         "post_processor":{"type":"BertProcessing","cls":["[CLS]",1],"sep":["[SEP]",2]},
         "model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##",
                  "max_input_chars_per_word":100,"vocab":{%s}}}
        """
            .formatted(vocabulary));
  }

  private byte[] bytes() {
    ByteBuffer table =
        ByteBuffer.allocate(ROWS.length * DIMENSION * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] row : ROWS) {
      for (float value : row) {
        table.putFloat(value);
      }
    }
    byte[] tensor =
        message(
            m ->
                m.number(1, ROWS.length)
                    .number(1, DIMENSION)
                    .number(2, FLOAT)
                    .text(8, "table")
                    .bytes(9, table.array()));
    byte[] graph =
        message(
            m -> {
              nodes.forEach(node -> m.bytes(1, node));
              m.text(2, "tiny").bytes(5, tensor);
              inputs.forEach(input -> m.bytes(11, input));
              outputs.forEach(output -> m.bytes(12, output));
            });
    byte[] operators = message(m -> m.text(1, "").number(2, 13));
    return message(m -> m.number(1, 8).bytes(7, graph).bytes(8, operators));
  }

  private static byte[] node(String operator, String output, String... inputs) {
    return message(
        m -> {
          for (String input : inputs) {
            m.text(1, input);
          }
          m.text(2, output).text(4, operator);
        });
  }

  private static byte[] value(String name, int type, Object... shape) {
    byte[] dimensions =
        message(
            m -> {
              for (Object dimension : shape) {
                m.bytes(
                    1,
                    message(
                        d -> {
                          if (dimension instanceof Integer fixed) {
                            d.number(1, fixed);
                          } else {
                            d.text(2, dimension.toString());
                          }
                        }));
              }
            });
    byte[] tensor = message(m -> m.number(1, type).bytes(2, dimensions));
    return message(m -> m.text(1, name).bytes(2, message(t -> t.bytes(1, tensor))));
  }

  private static byte[] message(Consumer<Message> fields) {
    Message message = new Message();
    fields.accept(message);
    return message.out.toByteArray();
  }

  private static byte[] join(byte[] a, byte[] b) {
    return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
  }

  /** A message of Protocol Buffers. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message bytes(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    private void varint(long value) {
      long rest = value;
      while (rest >= 0x80) {
        out.write((int) (rest & 0x7F | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }
}

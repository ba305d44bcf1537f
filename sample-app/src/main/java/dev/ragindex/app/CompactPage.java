package dev.ragindex.app;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** What compacting gave back, in bytes. */
record CompactPage(long before, long after) implements Report {

  @Override
  public void json(JsonGenerator json) throws IOException {
    json.writeNumberField("bytesBefore", before);
    json.writeNumberField("bytesAfter", after);
  }

  @Override
  public void page(Page page) {
    page.line("%,d bytes before, %,d after.", before, after);
  }
}

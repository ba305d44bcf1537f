package dev.ragindex.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ragindex.api.DocumentId;
import java.io.IOException;

/** A document is erased. */
record ForgetPage(DocumentId id) implements Report {

  @Override
  public void json(JsonGenerator json) throws IOException {
    json.writeStringField("source", id.source());
    json.writeStringField("document", id.key());
    json.writeBooleanField("forgotten", true);
  }

  @Override
  public void page(Page page) {
    page.line("%s of %s is forgotten.", id.key(), id.source());
    page.line(
        "If it is still in its folder, the next sync brings it back; --exclude leaves it out.");
    page.line("Its bytes leave the disk with 'rag-index compact'.");
  }
}

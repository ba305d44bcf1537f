package dev.ragindex.app;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** What a command has to say, for programs and for people. */
interface Report {

  /** Writes the fields of one JSON object, whose braces are already there. */
  void json(JsonGenerator json) throws IOException;

  /** Writes a short page. */
  void page(Page page);
}

package dev.ragindex.benchmarks.chunking;

import dev.ragindex.api.Document;

/** A document before and after a real commit. */
record EditPair(Document before, Document after) {}

package dev.ragindex.store.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.NoLockFactory;

/**
 * Lucene's own check of all files of the last commit.
 *
 * <p>It takes no lock, so a writer may replace the commit and delete its files meanwhile; findings
 * count only if the commit is the same afterwards.
 */
final class FileCheck {

  private static final int ATTEMPTS = 5;

  private FileCheck() {}

  static List<String> findings(Directory directory) throws IOException {
    for (int attempt = 1; ; attempt++) {
      String before = SegmentInfos.getLastCommitSegmentsFileName(directory.listAll());
      List<String> findings = before == null ? List.of() : check(directory);
      String after = SegmentInfos.getLastCommitSegmentsFileName(directory.listAll());
      if (findings.isEmpty() || Objects.equals(before, after) || attempt == ATTEMPTS) {
        return findings;
      }
    }
  }

  private static List<String> check(Directory directory) throws IOException {
    List<String> findings = new ArrayList<>();
    try (CheckIndex check =
        new CheckIndex(directory, NoLockFactory.INSTANCE.obtainLock(directory, "none"))) {
      CheckIndex.Status status = check.checkIndex();
      for (CheckIndex.Status.SegmentInfoStatus segment : status.segmentInfos) {
        if (segment.error != null) {
          findings.add("Lucene segment " + segment.name + " is damaged: " + segment.error);
        }
      }
      if (!status.clean && findings.isEmpty()) {
        findings.add("Lucene's list of segments " + status.segmentsFileName + " is damaged.");
      }
    }
    return findings;
  }
}

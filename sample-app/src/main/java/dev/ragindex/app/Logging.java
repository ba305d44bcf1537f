package dev.ragindex.app;

import java.util.logging.Level;
import java.util.logging.LogManager;

/**
 * Keeps the libraries' logs away from the user unless asked for: SLF4J (ours, PDFBox), the JDK's
 * (Lucene) and Log4j's (POI). Set before the first of them starts.
 */
final class Logging {

  private Logging() {}

  /** Sets how much is logged to standard error. */
  static void configure(boolean verbose) {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", verbose ? "info" : "warn");
    System.setProperty("org.slf4j.simpleLogger.log.org.apache", verbose ? "warn" : "off");
    System.setProperty("org.slf4j.simpleLogger.showThreadName", "false");
    System.setProperty("org.slf4j.simpleLogger.showShortLogName", "true");
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.setProperty(
        "log4j2.loggerContextFactory",
        "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
    System.setProperty("org.apache.logging.log4j.simplelog.level", verbose ? "WARN" : "OFF");
    System.setProperty("log4j2.StatusLogger.level", verbose ? "WARN" : "OFF");
    if (!verbose) {
      System.setProperty("java.util.logging.config.class", Quiet.class.getName());
    }
  }

  /** Replaces the JDK's logging configuration; the JDK creates one when the first logger is. */
  public static final class Quiet {
    /** Called by the JDK. */
    public Quiet() {
      LogManager.getLogManager().getLogger("").setLevel(Level.OFF);
    }
  }
}

/**
 * The command line: index a folder, search it, look inside. {@link dev.ragindex.app.Main} is the
 * process, {@link dev.ragindex.app.Cli} reads the arguments, each command is a {@link
 * dev.ragindex.app.Verb}, and what it has to say is a {@link dev.ragindex.app.Report}.
 */
@NullMarked
package dev.ragindex.app;

import org.jspecify.annotations.NullMarked;

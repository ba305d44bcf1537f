/** Checks that hold for the whole build: how the code is laid out, and what may depend on what. */
package dev.ragindex.app.build;

package io.millrace.api.source;

import io.millrace.api.file.Path;

/**
 * Makes the sources of {@code readTextFile}. The connector for files has the only one, which is
 * found by its name, since the API uses no connector.
 */
public interface TextFileSources {
    /** The name of the class, which has a constructor without parameters. */
    String IMPLEMENTATION = "io.millrace.connector.file.TextFiles";

    /**
     * A bounded source of the lines of a file, or of all files below a directory.
     *
     * @throws java.nio.charset.UnsupportedCharsetException if Java does not know the charset
     */
    Source<String, ?, ?> linesOf(Path path, String charsetName);
}

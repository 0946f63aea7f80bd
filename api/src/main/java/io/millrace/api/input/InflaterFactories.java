package io.millrace.api.input;

import java.util.Collection;

/**
 * The kinds of compressed files that need more than Java. The connector for files has the only
 * implementation, which is found by its name, since the API uses no connector.
 */
public interface InflaterFactories {
    /** The name of the class, which has a constructor without parameters. */
    String IMPLEMENTATION = "io.millrace.connector.file.FileInflaters";

    Collection<InflaterInputStreamFactory<?>> all();
}

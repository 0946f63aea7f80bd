package io.millrace.api.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;

/** Reads one kind of compressed files. Thread-safe. */
public interface InflaterInputStreamFactory<T extends InputStream> {
    /** The content; closing it closes what it is read from. */
    T create(InputStream in) throws IOException;

    /** Ends of the names of such files, without the dot, in lower case. */
    Collection<String> getCommonFileExtensions();
}

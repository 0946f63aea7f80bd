package io.millrace.connector.file;

import io.millrace.api.input.InflaterFactories;
import io.millrace.api.input.InflaterInputStreamFactory;
import java.util.Collection;

/** What input formats of files decompress with, beside what Java has. Stateless. */
public final class FileInflaters implements InflaterFactories {
    @Override
    public Collection<InflaterInputStreamFactory<?>> all() {
        return StandardDeCompressors.ALL;
    }
}

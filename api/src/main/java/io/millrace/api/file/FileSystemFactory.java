package io.millrace.api.file;

import java.io.IOException;
import java.net.URI;

/** Makes the file systems of a scheme. Thread-safe. */
public interface FileSystemFactory {
    /** In lower case, such as {@code hdfs}. */
    String getScheme();

    /**
     * @param fsUri scheme and authority
     */
    FileSystem create(URI fsUri) throws IOException;

    /** Of two factories of one scheme, the higher wins. */
    default int getPriority() {
        return 0;
    }
}

package io.millrace.api.graph;

import java.util.Objects;

/**
 * A file or directory that every worker of a job fetches. Immutable.
 *
 * @param name by which functions ask for it
 * @param path on any file system that the workers reach; without a scheme, on the default one
 * @param executable whether the copies may be executed
 */
public record CachedFile(String name, String path, boolean executable) {
    public CachedFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(path, "path");
    }
}

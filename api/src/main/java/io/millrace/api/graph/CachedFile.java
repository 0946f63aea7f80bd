package io.millrace.api.graph;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Option;
import java.util.Map;
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

    /**
     * One that is written as {@code name:NAME,path:PATH}, perhaps with {@code executable:true}.
     *
     * @throws MillraceException {@code INVALID_OPTION} for any other text
     */
    public static CachedFile parse(String text) {
        Map<String, String> parts = Option.map("pipeline.cached-files").parse(text);
        if (!parts.containsKey("name") || !parts.containsKey("path")) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "pipeline.cached-files has '"
                            + text
                            + "', which needs both: name:NAME,path:PATH. A path with a comma or a colon"
                            + " is put in single quotes.");
        }
        return new CachedFile(
                parts.get("name"),
                parts.get("path"),
                Boolean.parseBoolean(parts.get("executable")));
    }
}

package io.millrace.api.input;

import io.millrace.api.file.Path;
import java.io.Serializable;

/** Leaves out files and directories by their paths. */
public abstract class FilePathFilter implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The end of the names of files that Hadoop's tools are still copying. */
    public static final String HADOOP_COPYING = "_COPYING_";

    /** Returns true to leave out a path. */
    public abstract boolean filterPath(Path filePath);

    /** Leaves out names that begin with a dot or an underscore, and files that are being copied. */
    public static FilePathFilter createDefaultFilter() {
        return DefaultFilter.INSTANCE;
    }

    /** What {@link #createDefaultFilter} gives. Stateless. */
    public static class DefaultFilter extends FilePathFilter {
        private static final long serialVersionUID = 1L;
        private static final DefaultFilter INSTANCE = new DefaultFilter();

        DefaultFilter() {}

        @Override
        public boolean filterPath(Path filePath) {
            String name = filePath == null ? "" : filePath.getName();
            return name.isEmpty()
                    || name.startsWith(".")
                    || name.startsWith("_")
                    || name.contains(HADOOP_COPYING);
        }
    }
}

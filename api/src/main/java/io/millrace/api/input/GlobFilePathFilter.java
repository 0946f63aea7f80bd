package io.millrace.api.input;

import io.millrace.api.file.Path;
import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/**
 * Leaves out files whose paths match none of some patterns, or one of others. Patterns are the
 * {@code glob}s of {@link java.nio.file.FileSystem#getPathMatcher}, matched against the whole path.
 * Confined to its user.
 */
public class GlobFilePathFilter extends FilePathFilter {
    private static final long serialVersionUID = 1L;

    private final List<String> includePatterns;
    private final List<String> excludePatterns;
    private transient List<PathMatcher> included;
    private transient List<PathMatcher> excluded;

    /** Leaves out nothing. */
    public GlobFilePathFilter() {
        this(List.of(), List.of());
    }

    /**
     * @param includePatterns empty for all
     */
    public GlobFilePathFilter(List<String> includePatterns, List<String> excludePatterns) {
        this.includePatterns = List.copyOf(includePatterns);
        this.excludePatterns = List.copyOf(excludePatterns);
        matchers(); // a pattern that is none fails here
    }

    private void matchers() {
        included = includePatterns.stream().map(GlobFilePathFilter::matcher).toList();
        excluded = excludePatterns.stream().map(GlobFilePathFilter::matcher).toList();
    }

    private static PathMatcher matcher(String pattern) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    }

    @Override
    public boolean filterPath(Path filePath) {
        if (included == null) {
            matchers();
        }
        java.nio.file.Path path = java.nio.file.Path.of(filePath.getPath());
        boolean in = included.isEmpty() || matches(included.stream(), path);
        return !in || matches(excluded.stream(), path);
    }

    private static boolean matches(Stream<PathMatcher> matchers, java.nio.file.Path path) {
        return matchers.anyMatch(matcher -> matcher.matches(path));
    }
}

package io.millrace.api.file;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Names a file or directory of some file system: scheme and authority, which may be missing, and a
 * path with {@code /}. Immutable. Normalised: no doubled and no trailing slash, no {@code .} or
 * {@code ..} that can be resolved.
 */
public class Path implements Comparable<Path>, Serializable {
    private static final long serialVersionUID = 1L;

    public static final String SEPARATOR = "/";
    public static final char SEPARATOR_CHAR = '/';
    public static final String CUR_DIR = ".";

    private final URI uri;

    public Path(URI uri) {
        this(uri.getScheme(), uri.getAuthority(), uri.getPath());
    }

    /**
     * @param pathString such as {@code hdfs://host:8020/a}, {@code file:///a}, {@code /a} or {@code
     *     a}; taken literally, without percent escapes
     */
    public Path(String pathString) {
        this(parse(pathString));
    }

    /**
     * @param scheme null if unknown
     * @param authority null if unknown
     */
    public Path(String scheme, String authority, String path) {
        this.uri = uri(scheme, authority, path);
    }

    public Path(Path parent, String child) {
        this(parent, new Path(child));
    }

    public Path(String parent, Path child) {
        this(new Path(parent), child);
    }

    public Path(String parent, String child) {
        this(new Path(parent), new Path(child));
    }

    /** The child itself if it is absolute. */
    public Path(Path parent, Path child) {
        if (child.uri.getScheme() != null || child.uri.getPath().startsWith(SEPARATOR)) {
            this.uri = child.uri;
        } else {
            String base = parent.uri.getPath();
            String joined = base.isEmpty() || base.endsWith(SEPARATOR) ? base : base + SEPARATOR;
            this.uri =
                    uri(
                            parent.uri.getScheme(),
                            parent.uri.getAuthority(),
                            joined + child.uri.getPath());
        }
    }

    private Path(String[] parts) {
        this(parts[0], parts[1], parts[2]);
    }

    private static String[] parse(String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("A path must not be empty.");
        }
        String rest = text.trim();
        String scheme = null;
        String authority = null;
        int colon = rest.indexOf(':');
        int slash = rest.indexOf(SEPARATOR_CHAR);
        if (colon > 0 && (slash < 0 || colon < slash)) {
            scheme = rest.substring(0, colon);
            rest = rest.substring(colon + 1);
        }
        if (rest.startsWith("//")
                && (scheme != null || rest.length() > 2 && rest.charAt(2) != '/')) {
            int end = rest.indexOf(SEPARATOR_CHAR, 2);
            authority = rest.substring(2, end < 0 ? rest.length() : end);
            rest = end < 0 ? SEPARATOR : rest.substring(end);
        }
        return new String[] {
            scheme, authority == null || authority.isEmpty() ? null : authority, rest
        };
    }

    private static URI uri(String scheme, String authority, String path) {
        String squeezed = path == null || path.isEmpty() ? "" : path.replaceAll("/{2,}", SEPARATOR);
        if (squeezed.length() > 1 && squeezed.endsWith(SEPARATOR)) {
            squeezed = squeezed.substring(0, squeezed.length() - 1);
        }
        if (scheme != null && !squeezed.startsWith(SEPARATOR)) {
            squeezed = SEPARATOR + squeezed;
        }
        try {
            return new URI(scheme, authority, squeezed, null, null).normalize();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + path + "' is not a path: " + e.getReason(), e);
        }
    }

    public URI toUri() {
        return uri;
    }

    /** The file system that the path lies on; see {@link FileSystem#get}. */
    public FileSystem getFileSystem() throws IOException {
        return FileSystem.get(uri);
    }

    /** Whether the path starts with a slash. */
    public boolean isAbsolute() {
        return uri.getPath().startsWith(SEPARATOR);
    }

    /** The last part; empty for the root. */
    public String getName() {
        String path = uri.getPath();
        return path.substring(path.lastIndexOf(SEPARATOR_CHAR) + 1);
    }

    /** Without scheme and authority. */
    public String getPath() {
        return uri.getPath();
    }

    /** Null for the root. */
    public Path getParent() {
        String path = uri.getPath();
        int slash = path.lastIndexOf(SEPARATOR_CHAR);
        if (path.isEmpty() || path.equals(SEPARATOR)) {
            return null;
        }
        String parent = slash < 0 ? CUR_DIR : slash == 0 ? SEPARATOR : path.substring(0, slash);
        return new Path(uri.getScheme(), uri.getAuthority(), parent);
    }

    /** This path with text appended to its name. */
    public Path suffix(String suffix) {
        return new Path(uri.getScheme(), uri.getAuthority(), uri.getPath() + suffix);
    }

    /** Number of parts; 0 for the root. */
    public int depth() {
        String path = uri.getPath();
        return path.equals(SEPARATOR) || path.isEmpty()
                ? 0
                : (int) path.chars().filter(c -> c == SEPARATOR_CHAR).count();
    }

    /** With the scheme, authority and working directory of {@code fs} where this has none. */
    public Path makeQualified(FileSystem fs) {
        Path absolute = isAbsolute() ? this : new Path(fs.getWorkingDirectory(), this);
        URI base = fs.getUri();
        URI own = absolute.uri;
        boolean sameScheme = own.getScheme() == null || own.getScheme().equals(base.getScheme());
        String scheme = own.getScheme() == null ? base.getScheme() : own.getScheme();
        String authority =
                own.getAuthority() == null && sameScheme ? base.getAuthority() : own.getAuthority();
        return new Path(scheme, authority, own.getPath());
    }

    public static Path fromLocalFile(File file) {
        return new Path("file", null, file.getAbsolutePath().replace(File.separatorChar, '/'));
    }

    @Override
    public int compareTo(Path other) {
        return uri.compareTo(other.uri);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Path that && uri.equals(that.uri);
    }

    @Override
    public int hashCode() {
        return uri.hashCode();
    }

    /** As it was written: without percent escapes. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (uri.getScheme() != null) {
            text.append(uri.getScheme()).append(':');
        }
        if (uri.getAuthority() != null) {
            text.append("//").append(uri.getAuthority());
        }
        return text.append(uri.getPath()).toString();
    }
}

package io.millrace.api.file;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The file systems of this process. Thread-safe.
 *
 * <p>The one static registry of the API, because programs and connectors ask paths for their file
 * system where no context is at hand ({@code path.getFileSystem()}), also inside deserialized
 * functions. What is registered is a property of the process, not of a job, and never changes after
 * start.
 */
final class FileSystemRegistry {
    private static final URI LOCAL = URI.create("file:///");

    /** Replaced whole by {@code install}; read by every thread. */
    private static volatile Installed installed = new Installed(List.of(), LOCAL);

    private FileSystemRegistry() {}

    static void install(Collection<? extends FileSystemFactory> factories, URI defaultUri) {
        installed = new Installed(List.copyOf(factories), defaultUri);
    }

    static URI defaultUri() {
        return installed.defaultUri;
    }

    static FileSystem get(URI uri) throws IOException {
        return installed.get(uri);
    }

    /** What one {@code install} made known, and the file systems made from it so far. */
    private static final class Installed {
        private final Collection<FileSystemFactory> factories;
        private final URI defaultUri;
        private final Map<String, FileSystem> made = new ConcurrentHashMap<>();

        Installed(Collection<FileSystemFactory> factories, URI defaultUri) {
            this.factories = factories;
            this.defaultUri = defaultUri;
        }

        FileSystem get(URI uri) throws IOException {
            URI full = uri.getScheme() == null ? defaultUri : uri;
            if (full.getScheme().equalsIgnoreCase("file")) {
                return LocalFileSystem.INSTANCE;
            }
            URI base = baseOf(full);
            FileSystem known = made.get(base.toString());
            if (known != null) {
                return known;
            }
            FileSystem created = factoryOf(base, uri).create(base);
            FileSystem raced = made.putIfAbsent(base.toString(), created);
            return raced != null ? raced : created;
        }

        private URI baseOf(URI full) {
            boolean asDefault =
                    full.getAuthority() == null
                            && full.getScheme().equalsIgnoreCase(defaultUri.getScheme());
            String authority = asDefault ? defaultUri.getAuthority() : full.getAuthority();
            return URI.create(
                    full.getScheme().toLowerCase(java.util.Locale.ROOT)
                            + "://"
                            + (authority == null ? "" : authority)
                            + "/");
        }

        private FileSystemFactory factoryOf(URI base, URI asked) {
            Map<String, FileSystemFactory> byScheme = new TreeMap<>();
            ServiceLoader.load(FileSystemFactory.class).forEach(f -> offer(byScheme, f));
            factories.forEach(f -> offer(byScheme, f));
            FileSystemFactory factory = byScheme.get(base.getScheme());
            if (factory == null) {
                byScheme.put("file", null);
                throw new MillraceException(
                        ErrorCode.FILE_SYSTEM_UNKNOWN,
                        "no file system is known for '"
                                + asked
                                + "': this process knows the schemes "
                                + byScheme.keySet()
                                + ". Check the path, or add the plugin that serves '"
                                + base.getScheme()
                                + "'.");
            }
            return factory;
        }

        private static void offer(
                Map<String, FileSystemFactory> byScheme, FileSystemFactory factory) {
            byScheme.merge(
                    factory.getScheme(),
                    factory,
                    (old, now) -> now.getPriority() >= old.getPriority() ? now : old);
        }
    }
}

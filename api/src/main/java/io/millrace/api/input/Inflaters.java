package io.millrace.api.input;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/**
 * How compressed files are read, by the ends of their names. Thread-safe.
 *
 * <p>This is static state, and meant to be: programs add to it by a static method, once in each
 * process.
 */
final class Inflaters {
    private static final int BUFFER_BYTES = 64 << 10;

    private static final Map<String, InflaterInputStreamFactory<?>> KNOWN =
            new ConcurrentHashMap<>();

    static {
        Builtin deflate =
                new Builtin(
                        Set.of("deflate"),
                        in -> new InflaterInputStream(new BufferedInputStream(in, BUFFER_BYTES)));
        Builtin gzip =
                new Builtin(Set.of("gz", "gzip"), in -> new GZIPInputStream(in, BUFFER_BYTES));
        add(deflate);
        add(gzip);
    }

    private Inflaters() {}

    /** What opens a kind of files. */
    private interface Opener {
        InputStream open(InputStream in) throws IOException;
    }

    /** A kind that Java reads. */
    private record Builtin(Set<String> extensions, Opener opener)
            implements InflaterInputStreamFactory<InputStream> {
        @Override
        public InputStream create(InputStream in) throws IOException {
            return opener.open(in);
        }

        @Override
        public Collection<String> getCommonFileExtensions() {
            return extensions;
        }
    }

    private static void add(InflaterInputStreamFactory<?> factory) {
        factory.getCommonFileExtensions().forEach(extension -> KNOWN.put(extension, factory));
    }

    /** Replaces what was known for the extension. */
    static void register(String extension, InflaterInputStreamFactory<?> factory) {
        KNOWN.put(extension.toLowerCase(Locale.ROOT), factory);
    }

    /**
     * @param extension without the dot
     * @return null if files of that name are not known to be compressed
     */
    static InflaterInputStreamFactory<?> of(String extension) {
        String key = extension.toLowerCase(Locale.ROOT);
        InflaterInputStreamFactory<?> known = KNOWN.get(key);
        return known != null ? known : ofConnector(key);
    }

    static Set<String> extensions() {
        Set<String> all = new TreeSet<>(KNOWN.keySet());
        connector().forEach(factory -> all.addAll(factory.getCommonFileExtensions()));
        return all;
    }

    private static InflaterInputStreamFactory<?> ofConnector(String extension) {
        for (InflaterInputStreamFactory<?> factory : connector()) {
            if (factory.getCommonFileExtensions().contains(extension)) {
                return factory;
            }
        }
        return null;
    }

    /** Empty if the program does not have the connector. */
    private static Collection<InflaterInputStreamFactory<?>> connector() {
        try {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            ClassLoader loader = context == null ? Inflaters.class.getClassLoader() : context;
            return Class.forName(InflaterFactories.IMPLEMENTATION, true, loader)
                    .asSubclass(InflaterFactories.class)
                    .getConstructor()
                    .newInstance()
                    .all();
        } catch (ClassNotFoundException e) {
            return Set.of();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    InflaterFactories.IMPLEMENTATION + " cannot be made", e);
        }
    }
}

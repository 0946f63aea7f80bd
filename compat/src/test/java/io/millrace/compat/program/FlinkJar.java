package io.millrace.compat.program;

import io.millrace.api.option.Config;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.compat.rename.JarRenamer;
import io.millrace.compat.rename.Mapping;
import io.millrace.host.embedded.EmbeddedJobExecutor;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A jar for Flink, renamed and loaded. While it is open, the environment of its programs is an
 * embedded cluster of its own. One at a time.
 */
final class FlinkJar implements AutoCloseable {
    static final String EXAMPLES_2 = "flink-examples-streaming-2.3.0.jar";
    static final String EXAMPLES_1 = "flink-examples-streaming-1.20.0.jar";
    static final String TESTS_2 = "flink-tests-2.3.0-tests.jar";

    private static final Path ORIGINALS = Path.of("target", "flink-programs");
    private static final Path RENAMED = Path.of("target", "renamed-programs");

    private static final Set<String> DONE = new HashSet<>(); // guarded by the class

    private final URLClassLoader loader;
    private final EmbeddedJobExecutor executor;

    private FlinkJar(URLClassLoader loader, Map<String, String> options) {
        this.loader = loader;
        this.executor = new EmbeddedJobExecutor(Config.of(options), loader);
        StreamExecutionEnvironment.runWith(executor);
    }

    static FlinkJar open(String fileName) throws IOException {
        return open(fileName, Map.of("parallelism.default", "2"));
    }

    /**
     * @param options of the environment, as a command line would give them
     */
    static FlinkJar open(String fileName, Map<String, String> options) throws IOException {
        URL[] urls = {renamed(fileName).toUri().toURL()};
        return new FlinkJar(new URLClassLoader(urls, FlinkJar.class.getClassLoader()), options);
    }

    /** Renamed once in each run of the tests. */
    private static synchronized Path renamed(String fileName) throws IOException {
        Path renamed = Files.createDirectories(RENAMED).resolve(fileName);
        if (DONE.add(fileName)) {
            new JarRenamer(Mapping.shipped()).rename(ORIGINALS.resolve(fileName), renamed);
        }
        return renamed;
    }

    ClassLoader loader() {
        return loader;
    }

    /** Calls {@code main} on this thread. */
    void run(String mainClass, String... args) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Class<?> main = Class.forName(mainClass, true, loader);
            main.getMethod("main", String[].class).invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw new AssertionError(mainClass + " does not run: " + e.getCause(), e.getCause());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() throws IOException {
        StreamExecutionEnvironment.clear();
        try (loader) {
            executor.close();
        }
    }
}

package io.millrace.compat.program;

import io.millrace.compat.rename.JarRenamer;
import io.millrace.compat.rename.Mapping;
import io.millrace.testutils.MiniCluster;
import io.millrace.testutils.MiniClusterResourceConfiguration;
import io.millrace.testutils.TestStreamEnvironment;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A jar for Flink, renamed and loaded. While it is open, the environment of its programs is an
 * embedded cluster of its own. One at a time.
 */
final class FlinkJar implements AutoCloseable {
    static final String EXAMPLES_2 = "flink-examples-streaming-2.3.0.jar";
    static final String EXAMPLES_1 = "flink-examples-streaming-1.20.0.jar";
    static final String TESTS_2 = "flink-tests-2.3.0-tests.jar";
    static final String TESTS_1 = "flink-tests-1.20.1-tests.jar";
    private static final String TEST_UTILS_2 = "flink-test-utils-junit-2.3.0.jar";
    private static final String TEST_UTILS_1 = "flink-test-utils-junit-1.20.1.jar";
    private static final String GUAVA_2 = "flink-shaded-guava-33.5.0-jre-21.0.jar";
    private static final String GUAVA_1 = "flink-shaded-guava-31.1-jre-17.0.jar";

    private static final Path ORIGINALS = Path.of("target", "flink-programs");
    private static final Path RENAMED = Path.of("target", "renamed-programs");

    private static final Set<String> DONE = new HashSet<>(); // guarded by the class

    private final URLClassLoader loader;
    private final MiniCluster cluster;

    private FlinkJar(URLClassLoader loader, int parallelism) {
        this.loader = loader;
        this.cluster =
                new MiniCluster(
                        new MiniClusterResourceConfiguration.Builder()
                                .setNumberSlotsPerTaskManager(parallelism)
                                .build());
        cluster.start(loader);
        TestStreamEnvironment.setAsContext(cluster, parallelism);
    }

    /**
     * @param parallelism of programs that say nothing themselves
     */
    static FlinkJar open(String fileName, int parallelism) throws IOException {
        boolean older = fileName.equals(TESTS_1);
        URL[] urls = {
            renamed(fileName).toUri().toURL(),
            renamed(older ? TEST_UTILS_1 : TEST_UTILS_2).toUri().toURL(),
            ORIGINALS.resolve(older ? GUAVA_1 : GUAVA_2).toUri().toURL()
        };
        return new FlinkJar(new URLClassLoader(urls, FlinkJar.class.getClassLoader()), parallelism);
    }

    /** Renamed once in each run of the tests. */
    private static synchronized Path renamed(String fileName) throws IOException {
        Path renamed = Files.createDirectories(RENAMED).resolve(fileName);
        if (DONE.add(fileName)) {
            new JarRenamer(mapping()).rename(ORIGINALS.resolve(fileName), renamed);
        }
        return renamed;
    }

    /** The rules that ship, and one for what only Flink's own tests need. */
    private static Mapping mapping() throws IOException {
        List<String> rules = new ArrayList<>();
        Mapping.shipped().rules().forEach((from, to) -> rules.add(from + " = " + to));
        rules.add(
                "org.apache.flink.runtime.testutils.ZooKeeperTestUtils = "
                        + ZooKeeperTestUtils.class.getName());
        return Mapping.read(Files.write(RENAMED.resolve("tests.mapping"), rules));
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

    /** Calls {@code main} on a thread of its own; how it ends is not looked at. */
    Thread start(String mainClass, String... args) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                run(mainClass, args);
                            } catch (Exception e) {
                                // Programs that are cancelled end with an exception.
                            }
                        },
                        "main");
        thread.start();
        return thread;
    }

    void cancelJobs() {
        cluster.cancelAllJobs();
    }

    @Override
    public void close() throws IOException {
        TestStreamEnvironment.unsetAsContext();
        try (loader) {
            cluster.close();
        }
    }
}

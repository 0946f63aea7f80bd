package io.millrace.benchmarks.batch;

import io.millrace.benchmarks.Child;
import io.millrace.benchmarks.Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * HDFS of the sandbox, where files have the same paths as on this machine. Both engines find it by
 * the same client of Hadoop. Confined to the main thread.
 */
final class HdfsPlace implements AutoCloseable {
    private static final Pattern EXPORT =
            Pattern.compile("export HADOOP_CONF_DIR=['\"]?([^'\"\n]+)");
    private static final Pattern DEFAULT_FS =
            Pattern.compile("<name>fs.defaultFS</name>\\s*<value>([^<]+)</value>");

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Setup setup;
    private final Path conf;
    private final String fileSystem;

    private HdfsPlace(Setup setup, Path conf, String fileSystem) {
        this.setup = setup;
        this.conf = conf;
        this.fileSystem = fileSystem;
    }

    static HdfsPlace start(Setup setup) throws IOException, InterruptedException {
        sandbox(setup, "start");
        try {
            Path conf = Path.of(found(EXPORT, sandbox(setup, "env"), "'millrace sandbox env'"));
            Path site = conf.resolve("core-site.xml");
            return new HdfsPlace(
                    setup, conf, found(DEFAULT_FS, Files.readString(site), site.toString()));
        } catch (IOException e) {
            stop(setup);
            throw e;
        }
    }

    private static String found(Pattern pattern, String text, String where) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException(where + " has no " + pattern);
        }
        return matcher.group(1).trim();
    }

    /** Lets a process of an engine work there. */
    void addTo(List<String> command) throws IOException {
        command.add(0, "-D" + BatchJob.FILES + "=" + fileSystem);
        int classPath = command.indexOf("-cp") + 1;
        command.set(classPath, command.get(classPath) + ":" + hadoop());
    }

    /** Hadoop's client and what tells it where the NameNode is. */
    private String hadoop() throws IOException {
        StringBuilder path = new StringBuilder(conf.toString());
        try (Stream<Path> jars = Files.list(setup.flinkParquetLib())) {
            jars.filter(jar -> jar.getFileName().toString().startsWith("hadoop-client-"))
                    .sorted()
                    .forEach(jar -> path.append(':').append(jar));
        }
        return path.toString();
    }

    /** Moves a directory from this machine. */
    void put(Workplace place, Path directory) throws IOException, InterruptedException {
        files(place, "put", directory);
    }

    /** Moves a directory to this machine. */
    void get(Workplace place, Path directory) throws IOException, InterruptedException {
        files(place, "get", directory);
    }

    void delete(Workplace place, Path directory) throws IOException, InterruptedException {
        files(place, "delete", directory);
    }

    private void files(Workplace place, String what, Path directory)
            throws IOException, InterruptedException {
        String classPath = setup.flinkClassPath(List.of(setup.flinkParquetLib())) + ":" + conf;
        place.run(
                "hdfs-" + what,
                List.of(
                        "-Xmx256m",
                        "-cp",
                        classPath,
                        HdfsFiles.class.getName(),
                        what,
                        directory.toString()));
    }

    private static String sandbox(Setup setup, String command)
            throws IOException, InterruptedException {
        return Child.run(
                List.of(setup.millrace(), "sandbox", command),
                Map.of(),
                setup.work().resolve("batch-sandbox.log"),
                LIMIT);
    }

    private static void stop(Setup setup) throws IOException, InterruptedException {
        sandbox(setup, "stop");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        stop(setup);
    }
}

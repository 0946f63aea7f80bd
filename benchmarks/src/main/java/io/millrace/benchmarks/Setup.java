package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the programs of both engines lie. Immutable.
 *
 * @param checkout the root of the sources
 * @param home a Millrace distribution
 * @param flinkLib the jars of Flink
 * @param jar this module's jar, which holds both programs
 * @param work directory for inputs, outputs and logs
 */
public record Setup(Path checkout, Path home, Path flinkLib, Path jar, Path work) {
    /** All engines log by Log4j in this way. */
    public static final String LOGGING =
            "-Dlog4j2.configurationFile=classpath:log4j2-engines.properties";

    /** As {@code bin/millrace run} and workers on YARN have it. */
    public static final List<String> LATE_SECOND_COMPILER =
            List.of("-XX:Tier4InvocationThreshold=20000", "-XX:Tier4CompileThreshold=60000");

    private static final List<String> FLINK_OPTIONS =
            List.of(
                    LOGGING,
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                    "--add-opens=java.base/java.net=ALL-UNNAMED",
                    "--add-opens=java.base/java.io=ALL-UNNAMED");

    public static Setup ofCheckout(Path checkout) throws IOException {
        return new Setup(
                checkout,
                newest(checkout.resolve("dist/target"), "millrace-"),
                checkout.resolve("benchmarks/target/flink-lib"),
                newest(checkout.resolve("benchmarks/target"), "millrace-benchmarks-"),
                Files.createDirectories(checkout.resolve("benchmarks/target/work")));
    }

    private static Path newest(Path directory, String prefix) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .filter(path -> Files.isDirectory(path) || path.toString().endsWith(".jar"))
                    .max(java.util.Comparator.naturalOrder())
                    .orElseThrow(
                            () ->
                                    new IOException(
                                            "nothing named "
                                                    + prefix
                                                    + "* in "
                                                    + directory
                                                    + "; bin/benchmarks builds it"));
        }
    }

    public String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Of a program with the engine on its class path. */
    public String millraceClassPath() {
        return jar + ":" + home.resolve("lib") + "/*:" + home.resolve("lib/engine") + "/*";
    }

    /** Our connector and its client of Kafka; on a class path as a job in an IDE has it. */
    public Path kafkaPlugin() {
        return home.resolve("plugins/kafka");
    }

    /** Our connector of files. */
    public Path filesPlugin() {
        return home.resolve("plugins/files");
    }

    /** The libraries of a broker. */
    public Path kafkaBrokerLib() {
        return home.resolve("sandbox/lib/kafka");
    }

    /** The command. */
    public String millrace() {
        return home.resolve("bin/millrace").toString();
    }

    public String flinkClassPath(List<Path> more) {
        StringBuilder path = new StringBuilder(jar.toString() + ":" + flinkLib + "/*");
        more.forEach(entry -> path.append(':').append(entry).append("/*"));
        return path.toString();
    }

    /** What Flink needs beside its own jars to read Parquet: its format, parquet-java, Hadoop. */
    public Path flinkParquetLib() {
        return checkout.resolve("benchmarks/target/flink-parquet-lib");
    }

    /** What a job of ours has in its jar to read Parquet. */
    public Path millraceParquetLib() {
        return checkout.resolve("benchmarks/target/millrace-parquet-lib");
    }

    /** Spark's jars and its program, which only the command that needs them fetches. */
    public Path sparkLib() {
        return checkout.resolve("benchmarks/spark/target/spark-lib");
    }

    /** For each JVM of ours, as {@code bin/millrace run} and workers on YARN have it. */
    public static List<String> millraceOptions() {
        List<String> options = new ArrayList<>(LATE_SECOND_COMPILER);
        options.add(LOGGING);
        options.add("-XX:+UseParallelGC");
        options.add("-XX:MetaspaceSize=96m"); // workers on YARN have a limit instead
        return options;
    }

    /** For each JVM of Flink: what its own scripts open on this JDK, and its logging. */
    public static List<String> flinkOptions() {
        return FLINK_OPTIONS;
    }
}

package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * WordCount in batch mode on two worker processes of two slots, from HDFS to HDFS. CPU is that of
 * all processes of the job: on Millrace the client, the application master and both workers, from
 * their start to their end; on Flink the job manager, both task managers (up and idle before) and
 * the client.
 */
record ClusterWordCount(Setup setup, FileWordCount.Corpus corpus) {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Pattern EXPORT =
            Pattern.compile("export HADOOP_CONF_DIR=['\"]?([^'\"\n]+)");

    Comparison compare(int runs) throws IOException, InterruptedException {
        millrace("sandbox", "start");
        try {
            Matcher env = EXPORT.matcher(millrace("sandbox", "env"));
            if (!env.find()) {
                throw new IOException("'millrace sandbox env' names no HADOOP_CONF_DIR");
            }
            Path conf = Path.of(env.group(1).trim());
            String input = put(conf);
            List<Measurement> ours = new ArrayList<>();
            List<Measurement> theirs = new ArrayList<>();
            for (int run = 0; run < runs; run++) {
                ours.add(onMillrace(conf, input, run));
            }
            for (int run = 0; run < runs; run++) {
                theirs.add(onFlink(conf, input, run));
            }
            return new Comparison("wordcount 2 workers", ours, theirs);
        } finally {
            millrace("sandbox", "stop");
        }
    }

    private Measurement onMillrace(Path conf, String input, int run)
            throws IOException, InterruptedException {
        String output = "/benchmarks/millrace-" + System.nanoTime();
        long began = System.nanoTime();
        try (ProcessCpu cpu = new ProcessCpu("-Dmillrace.home=", "-Dmillrace.log.dir=")) {
            String text =
                    Child.run(
                            List.of(
                                    setup.millrace(),
                                    "run",
                                    "-t",
                                    "yarn",
                                    "-p",
                                    "4",
                                    "-c",
                                    "io.millrace.benchmarks.wordcount.MillraceWordCount",
                                    setup.jar().toString(),
                                    input,
                                    output,
                                    "batch",
                                    "4",
                                    "1"),
                            Map.of("HADOOP_CONF_DIR", conf.toString()),
                            setup.work().resolve("millrace-cluster-" + run + ".log"),
                            LIMIT);
            long wallMs = (System.nanoTime() - began) / 1_000_000;
            if (cpu.processes() < 4) {
                throw new IOException("saw only " + cpu.processes() + " processes:\n" + text);
            }
            return new Measurement(run, wallMs, cpu.totalMs(), cpu.totalMs());
        }
    }

    private Measurement onFlink(Path conf, String input, int run)
            throws IOException, InterruptedException {
        Map<String, String> environment =
                Map.of("HADOOP_CONF_DIR", conf.toString(), "HADOOP_CLASSPATH", conf.toString());
        List<Path> hadoop = List.of(setup.home().resolve("lib/hadoop"));
        long began = System.nanoTime();
        try (FlinkCluster cluster = FlinkCluster.start(setup, 2, hadoop, environment)) {
            List<String> command =
                    new ArrayList<>(
                            List.of(
                                    setup.java(),
                                    "-Xmx512m",
                                    "-Dflink.cluster.host=localhost",
                                    "-Dflink.cluster.port=" + cluster.restPort(),
                                    "-Dflink.cluster.jar=" + setup.jar()));
            command.addAll(Setup.flinkOptions());
            command.addAll(
                    List.of(
                            "-cp",
                            setup.flinkClassPath(hadoop),
                            "io.millrace.benchmarks.wordcount.FlinkWordCount",
                            input,
                            fileSystem(conf) + "/benchmarks/flink-" + System.nanoTime(),
                            "batch",
                            "4",
                            "1"));
            String text =
                    Child.run(
                            command,
                            environment,
                            setup.work().resolve("flink-cluster-" + run + ".log"),
                            LIMIT);
            Measurement client = Measurement.parse(text).get(0);
            long wallMs = (System.nanoTime() - began) / 1_000_000;
            long cpuMs = client.processCpuMs() + cluster.cpuMs();
            return new Measurement(run, wallMs, cpuMs, cpuMs);
        }
    }

    /** Puts the corpus on HDFS and gives its address. */
    private String put(Path conf) throws IOException, InterruptedException {
        String directory = fileSystem(conf) + "/benchmarks";
        hdfs(conf, "-mkdir", "-p", directory);
        hdfs(conf, "-rm", "-r", "-f", "-skipTrash", directory + "/input");
        hdfs(conf, "-put", corpus.path().toString(), directory + "/input");
        return directory + "/input";
    }

    private void hdfs(Path conf, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                setup.java(),
                                "-cp",
                                setup.home().resolve("sandbox/lib") + "/*:" + conf,
                                "org.apache.hadoop.fs.FsShell"));
        command.addAll(List.of(arguments));
        Child.run(command, Map.of(), setup.work().resolve("hdfs.log"), LIMIT);
    }

    private static String fileSystem(Path conf) throws IOException {
        Matcher matcher =
                Pattern.compile("<name>fs.defaultFS</name>\\s*<value>([^<]+)</value>")
                        .matcher(Files.readString(conf.resolve("core-site.xml")));
        if (!matcher.find()) {
            throw new IOException("no fs.defaultFS in " + conf);
        }
        return matcher.group(1);
    }

    private String millrace(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(setup.millrace()));
        command.addAll(List.of(arguments));
        return Child.run(
                command,
                Map.of(),
                setup.work().resolve("millrace-" + arguments[0] + ".log"),
                LIMIT);
    }
}

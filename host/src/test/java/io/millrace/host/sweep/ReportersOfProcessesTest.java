package io.millrace.host.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.metric.AbstractReporter;
import io.millrace.api.metric.MetricConfig;
import io.millrace.api.metric.MetricReporter;
import io.millrace.api.metric.MetricReporterFactory;
import io.millrace.api.metric.Scheduled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Reporters that options name, in workers that are processes of their own. */
@Timeout(120)
class ReportersOfProcessesTest {
    private static final String DIRECTORY = "directory";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    /** Writes what it knows to a file of its process. */
    public static final class ToFiles implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            return new ToFile();
        }
    }

    private static final class ToFile extends AbstractReporter implements Scheduled {
        private Path file;

        @Override
        public void open(MetricConfig config) {
            file =
                    Path.of(
                            config.getString(DIRECTORY, ""),
                            "of-" + ProcessHandle.current().pid() + ".txt");
        }

        @Override
        public void close() {
            report();
        }

        @Override
        public void report() {
            TreeSet<String> lines = new TreeSet<>();
            counters.forEach((counter, name) -> lines.add(name + " " + counter.getCount()));
            gauges.forEach((gauge, name) -> lines.add(name + " " + gauge.getValue()));
            try {
                Path whole = file.resolveSibling(file.getFileName() + ".new");
                Files.write(whole, lines);
                Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String filterCharacters(String input) {
            return input;
        }
    }

    @Test
    void eachWorkerTellsItsReporterOfTheTasksThatItRuns() throws Exception {
        Path reports = Files.createDirectories(directory.resolve("reports"));
        Map<String, String> options = new LinkedHashMap<>(SweepCase.all().get(0).options(2));
        options.put("metrics.reporter.files.factory.class", ToFiles.class.getName());
        options.put("metrics.reporter.files.interval", "20 ms");
        options.put("metrics.reporter.files." + DIRECTORY, reports.toString());
        try (Processes processes = new Processes(directory.resolve("temporary"));
                Application application =
                        new Application(
                                processes,
                                directory.resolve("application"),
                                options,
                                new FileSequences().job(directory),
                                Arming.NONE)) {
            follow(application, reports);
            Files.createFile(directory.resolve("hurry")); // the job need not last any longer
            assertThat(result(application)).isEqualTo("FINISHED");
        }
    }

    /** Until two processes have reported that their tasks count records. */
    private static void follow(Application application, Path reports) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!countsOf(reports, "worker-1") || !countsOf(reports, "worker-2")) {
            assertThat(application.turn()).as("the job has ended before").isNull();
            assertThat(System.nanoTime()).as("reports: %s", lines(reports)).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
        }
        assertThat(filesIn(reports)).as("one of each process").hasSizeGreaterThanOrEqualTo(2);
    }

    private static boolean countsOf(Path reports, String worker) throws IOException {
        return lines(reports).stream()
                .anyMatch(
                        line ->
                                line.matches(
                                        ".*\\.worker\\."
                                                + worker
                                                + "\\.Sequences\\..*numRecordsIn [1-9]\\d*"));
    }

    private static List<String> lines(Path reports) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : filesIn(reports)) {
            lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }

    private static List<Path> filesIn(Path reports) throws IOException {
        try (Stream<Path> files = Files.list(reports)) {
            return files.filter(file -> file.toString().endsWith(".txt")).toList();
        }
    }

    private static String result(Application application) throws IOException {
        String result = application.turn();
        while (result == null) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
            result = application.turn();
        }
        return result;
    }
}
